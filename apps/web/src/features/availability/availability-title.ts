import type { RouterOutputs } from "@kumite/api";

type Availability = RouterOutputs["availability"]["get"];
type Labels = RouterOutputs["community"]["get"]["typeLabels"];

/** What an availability's page is called for `username`: `Sparring or Lesson with Ann`; one's own has no name in it. */
export function availabilityTitle(
  { owner, ownerDisplayName, types }: Pick<Availability, "owner" | "ownerDisplayName" | "types">,
  username: string,
  labels: Labels,
): string {
  const offered = types.map((type) => labels[type] ?? type).join(" or ");
  return owner === username ? offered : `${offered} with ${ownerDisplayName}`;
}
