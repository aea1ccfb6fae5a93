import type { RouterOutputs } from "@kumite/api";
import { typeLabel } from "#member/type-label.ts";

type Availability = RouterOutputs["availability"]["get"];
type Community = RouterOutputs["community"]["get"];

/** What an availability's page is called for `username`: `Sparring or Lesson with Ann`; one's own has no name in it. */
export function availabilityTitle(
  { owner, ownerDisplayName, types }: Pick<Availability, "owner" | "ownerDisplayName" | "types">,
  username: string,
  known: Community["types"],
): string {
  const offered = types.map((type) => typeLabel(type, known)).join(" or ");
  return owner === username ? offered : `${offered} with ${ownerDisplayName}`;
}
