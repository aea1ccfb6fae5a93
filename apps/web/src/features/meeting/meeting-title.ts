import type { RouterOutputs } from "@kumite/api";

type Meeting = RouterOutputs["meeting"]["get"];

/** Returns the title of a meeting's page for one of its two people: `Sparring with Ann`. */
export function meetingTitle(
  {
    owner,
    ownerDisplayName,
    participantDisplayName,
    type,
  }: Pick<Meeting, "owner" | "ownerDisplayName" | "participantDisplayName" | "type">,
  username: string,
  labels: RouterOutputs["community"]["get"]["typeLabels"],
): string {
  return `${labels[type] ?? type} with ${owner === username ? participantDisplayName : ownerDisplayName}`;
}
