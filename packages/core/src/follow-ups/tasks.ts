import type { AvailabilityRecord } from "../availabilities/repository.ts";
import type { MeetingCopies, MeetingRecord } from "../meetings/repository.ts";
import type { UserRecord } from "../users/repository.ts";
import type { Change } from "./change.ts";

/**
 * What to do after a commit. A task only names its item: performing it reads the present state, so a record that comes
 * twice, late or out of order does no harm.
 */
export type Task =
  /** Erase what a deleted account left behind; the record is touched while a part is left. */
  | { kind: "finish-deletion"; username: string }
  /** Cancel the remaining meetings of an interrupted withdrawal. */
  | { kind: "finish-withdrawal"; owner: string; id: string }
  /** Update every future copy of a member's name, cohort and link. */
  | { kind: "refresh-copies"; username: string }
  /**
   * Update one availability from its owner's profile; `revision` is the profile's revision that it was seen to show.
   */
  | { kind: "refresh-availability"; owner: string; id: string; revision: number }
  /** Update one meeting and its seat from the profiles of its two people. */
  | { kind: "refresh-meeting"; meeting: MeetingCopies }
  /** Copy the place, link and description of an availability's last edit to its booked meetings. */
  | { kind: "describe-meetings"; owner: string; id: string };

/** Decides which tasks follow a change: none if the item is over or deleted. */
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
  // A new member has no copies yet.
  if (!before || !differ(before, after, ["displayName", "cohort", "defaultLink"])) return [];
  return [{ kind: "refresh-copies", username: after.username }];
}

function ofAvailability(before: AvailabilityRecord | undefined, after: AvailabilityRecord): Task[] {
  const { owner, id } = after;
  const tasks: Task[] = [];
  if (after.status === "CANCELED" && after.seatCount > 0)
    tasks.push({ kind: "finish-withdrawal", owner, id });
  // Also what was posted or edited while the name changed: while an edit moves an availability, a list may miss it.
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
