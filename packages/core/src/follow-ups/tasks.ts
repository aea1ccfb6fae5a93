import type { AvailabilityRecord } from "../availabilities/repository.ts";
import type { MeetingCopies, MeetingRecord } from "../meetings/repository.ts";
import type { UserRecord } from "../users/repository.ts";
import type { Change } from "./change.ts";

/**
 * What follows a commit. A task names what it is about and nothing more: whoever does it reads how things stand then, so
 * that a record which comes twice, late or out of order changes nothing wrong.
 */
export type Task =
  /** What an account left behind that was deleted is erased; the record is touched when a part of it is left. */
  | { kind: "finish-deletion"; username: string }
  /** A withdrawal that was cut short cancels the meetings that are left. */
  | { kind: "finish-withdrawal"; owner: string; id: string }
  /** Every copy of a member's name, cohort and link that lies ahead shows the profile. */
  | { kind: "refresh-copies"; username: string }
  /** One availability shows its owner as the profile does; `revision` is that of the profile which it was seen to show. */
  | { kind: "refresh-availability"; owner: string; id: string; revision: number }
  /** One meeting, and the seat of it, show its two people as their profiles do. */
  | { kind: "refresh-meeting"; meeting: MeetingCopies }
  /** The booked meetings of an availability tell the place, link and description of its last edit. */
  | { kind: "describe-meetings"; owner: string; id: string };

/** Decides what a change asks for: nothing, where it is over or deleted. */
export function tasksOf(change: Change, now: Date): Task[] {
  const { after } = change;
  if (!after) return [];
  switch (change.table) {
    case "Users":
      return ofUser(change.before, after as UserRecord);
    case "Availabilities":
      return isOver(after as AvailabilityRecord, now)
        ? []
        : ofAvailability(change.before, after as AvailabilityRecord);
    case "Meetings":
      return isOver(after as MeetingRecord, now) ? [] : ofMeeting(change.before, after as MeetingRecord);
  }
}

function isOver({ endTime }: { endTime: string }, now: Date): boolean {
  return endTime <= now.toISOString();
}

function ofUser(before: UserRecord | undefined, after: UserRecord): Task[] {
  if (after.deletedAt !== undefined) {
    const isNews = !before || differ(before, after, ["deletedAt", "erasures"]);
    return isNews ? [{ kind: "finish-deletion", username: after.username }] : [];
  }
  // Of a new member there are no copies.
  if (!before || !differ(before, after, ["displayName", "cohort", "defaultLink"])) return [];
  return [{ kind: "refresh-copies", username: after.username }];
}

function ofAvailability(before: AvailabilityRecord | undefined, after: AvailabilityRecord): Task[] {
  const { owner, id } = after;
  const tasks: Task[] = [];
  if (after.status === "CANCELED" && after.seatCount > 0)
    tasks.push({ kind: "finish-withdrawal", owner, id });
  // Whatever was posted or edited beside a new name: while an edit moves an availability, no list of availabilities surely has it.
  if (!before || differ(before, after, ["revision", "ownerRevision"])) {
    tasks.push({ kind: "refresh-availability", owner, id, revision: after.ownerRevision });
  }
  if (before && after.seatCount > 0 && differ(before, after, ["location", "link", "description"])) {
    tasks.push({ kind: "describe-meetings", owner, id });
  }
  return tasks;
}

function ofMeeting(before: MeetingRecord | undefined, after: MeetingRecord): Task[] {
  if (after.status !== "SCHEDULED") return [];
  if (before && !differ(before, after, ["ownerRevision", "participantRevision"])) return [];
  const { id, owner, participant, availabilityId, ownerRevision, participantRevision } = after;
  const meeting = { id, owner, participant, availabilityId, ownerRevision, participantRevision };
  return [{ kind: "refresh-meeting", meeting }];
}

function differ<Item>(before: Item, after: Item, fields: readonly (keyof Item)[]): boolean {
  return fields.some((field) => before[field] !== after[field]);
}
