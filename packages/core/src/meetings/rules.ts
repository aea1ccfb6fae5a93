import { Refusal } from "../errors.ts";
import type { MeetingRecord } from "./repository.ts";
import type { Meeting } from "./schema.ts";

/** A meeting as its two people see it. */
export function toMeeting(record: MeetingRecord): Meeting {
  const { ownerRevision, participantRevision, windowRevision, hostLink, bookings, link, ...shown } = record;
  const shownLink = link || hostLink;
  return shownLink ? { ...shown, link: shownLink } : shown;
}

/** @throws Refusal NOT_YOURS unless the actor is one of the meeting's two people */
export function checkTakesPart(meeting: MeetingRecord, actor: string): void {
  if (actor !== meeting.owner && actor !== meeting.participant) {
    throw new Refusal("NOT_YOURS", "You do not take part in this meeting.");
  }
}
