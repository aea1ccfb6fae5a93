import type { RouterOutputs } from "@kumite/api";

type Availability = RouterOutputs["availability"]["get"];
type Community = RouterOutputs["community"]["get"];

/** What a kind of session is called; one that the community no longer has is shown as it is stored. */
export function typeLabel(type: string, types: Community["types"]): string {
  return types.find(({ id }) => id === type)?.label ?? type;
}

/** What an availability's page is called for `username`: `Sparring or Lesson with Ann`; one's own has no name in it. */
export function availabilityTitle(
  { owner, ownerDisplayName, types }: Pick<Availability, "owner" | "ownerDisplayName" | "types">,
  username: string,
  known: Community["types"],
): string {
  const offered = types.map((type) => typeLabel(type, known)).join(" or ");
  return owner === username ? offered : `${offered} with ${ownerDisplayName}`;
}
