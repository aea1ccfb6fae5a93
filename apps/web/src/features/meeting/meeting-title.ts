import type { RouterOutputs } from "@kumite/api";
import { typeLabel } from "#member/type-label.ts";

type Meeting = RouterOutputs["meeting"]["get"];

/** What a meeting's page is called for one of its two people: `Sparring with Ann`. */
export function meetingTitle(
  {
    owner,
    ownerDisplayName,
    participantDisplayName,
    type,
  }: Pick<Meeting, "owner" | "ownerDisplayName" | "participantDisplayName" | "type">,
  username: string,
  known: RouterOutputs["community"]["get"]["types"],
): string {
  return `${typeLabel(type, known)} with ${owner === username ? participantDisplayName : ownerDisplayName}`;
}
