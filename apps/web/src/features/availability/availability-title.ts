import type { RouterOutputs } from "@kumite/api";

type Availability = RouterOutputs["availability"]["get"];
type Labels = RouterOutputs["community"]["get"]["typeLabels"];

/** Returns the title of an availability's page: `Sparring or Lesson with Ann`; for its owner `Sparring or Lesson`. */
export function availabilityTitle(
  { owner, ownerDisplayName, types }: Pick<Availability, "owner" | "ownerDisplayName" | "types">,
  username: string,
  labels: Labels,
): string {
  const offered = types.map((type) => labels[type] ?? type).join(" or ");
  return owner === username ? offered : `${offered} with ${ownerDisplayName}`;
}
