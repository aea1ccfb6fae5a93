/** Builders of small histories: members' calls and their answers. */
import type { Availability } from "@kumite/core/availabilities/schema";
import type { Meeting } from "@kumite/core/meetings/schema";
import type { Outcome, Procedure, Procedures, Span } from "../../src/history.ts";

export const at = (hour: number) => new Date(Date.UTC(2027, 0, 1, hour)).toISOString();
export const day = { from: at(0), to: at(24) };

/** The availability of most stories: an hour, one to one. */
export function shown(changes: Partial<Availability> = {}): Availability {
  return {
    owner: "owner",
    id: "window",
    ownerDisplayName: "",
    ownerCohort: "White",
    startTime: at(10),
    endTime: at(11),
    durationMinutes: 60,
    types: ["kata"],
    cohorts: ["White"],
    maxParticipants: 1,
    bookings: "one",
    taken: [],
    participants: [],
    location: "",
    description: "posted",
    status: "SCHEDULED",
    createdAt: "",
    updatedAt: "",
    ...changes,
  };
}

export function meeting(participant: string, changes: Partial<Meeting> = {}): Meeting {
  return {
    id: `${participant}'s`,
    availabilityId: "window",
    owner: "owner",
    ownerDisplayName: "",
    participant,
    participantDisplayName: "",
    startTime: at(10),
    endTime: at(11),
    type: "kata",
    location: "",
    description: "posted",
    status: "SCHEDULED",
    createdAt: "",
    updatedAt: "",
    ...changes,
  };
}

export interface Step {
  readonly member: string;
  readonly procedure: Procedure;
  readonly input: unknown;
  readonly outcome: Outcome;
  readonly time: readonly [number, number];
}

export const lost = { kind: "unknown", why: "ECONNRESET" } as const;
export type Answer<P extends Procedure> = Procedures[P]["output"] | string | typeof lost;

/** A call between two moments. Its answer is a result, a reason for refusal, or `lost`. */
export function step<P extends Procedure>(
  time: readonly [number, number],
  member: string,
  procedure: P,
  input: Procedures[P]["input"],
  answer: Answer<P>,
): Step {
  const isLost = typeof answer === "object" && "kind" in answer;
  const outcome: Outcome =
    typeof answer === "string"
      ? answer === "UNAUTHORIZED"
        ? { kind: "refused", code: answer }
        : { kind: "refused", code: "CONFLICT", reason: answer }
      : isLost
        ? lost
        : { kind: "ok", data: answer };
  return { member, procedure, input, outcome, time };
}

export function post(
  time: readonly [number, number],
  availability = shown(),
  answer: Answer<"availability.set"> = availability,
): Step {
  const { startTime, endTime, durationMinutes, types, cohorts, maxParticipants } = availability;
  const { bookings, link = "", description } = availability;
  const input = {
    startTime,
    endTime,
    durationMinutes,
    types,
    cohorts,
    maxParticipants,
    bookings,
    link,
    description,
  };
  return step(time, availability.owner, "availability.set", input, answer);
}

export function edit(
  time: readonly [number, number],
  availability: Availability,
  answer: Answer<"availability.set"> = availability,
): Step {
  const { input, ...posted } = post(time, availability, answer);
  return { ...posted, input: { ...(input as object), id: availability.id } };
}

export function book(
  time: readonly [number, number],
  member: string,
  answer: Answer<"availability.book"> = meeting(member),
  availability = shown(),
): Step {
  return step(time, member, "availability.book", { owner: availability.owner, id: availability.id }, answer);
}

export function cancel(
  time: readonly [number, number],
  member: string,
  of: Meeting,
  answer?: Answer<"meeting.cancel">,
): Step {
  return step(time, member, "meeting.cancel", { id: of.id }, answer ?? canceled(of, member));
}

export function canceled(of: Meeting, canceledBy: string): Meeting {
  return { ...of, status: "CANCELED", canceledBy };
}

export function remove(
  time: readonly [number, number],
  answer: Answer<"availability.delete"> = shown(),
): Step {
  return step(time, "owner", "availability.delete", { id: "window" }, answer);
}

export function search(
  time: readonly [number, number],
  member: string,
  items: Availability[],
  span: Span = day,
): Step {
  return step(time, member, "availability.search", { ...span, limit: 100 }, { items });
}

/** The owner's calendar. */
export function calendar(
  time: readonly [number, number],
  availabilities: Availability[],
  span: Span = day,
  meetings: Meeting[] = [],
): Step {
  return step(time, "owner", "calendar.get", span, { availabilities, meetings });
}

export function list(time: readonly [number, number], items: Availability[]): Step {
  return step(time, "owner", "availability.list", { limit: 100 }, { items });
}

/** @param answer if left out, the withdrawn availability without participants */
export function withdraw(
  time: readonly [number, number],
  availability = shown(),
  answer: Answer<"availability.withdraw"> = {
    ...availability,
    status: "CANCELED",
    taken: [],
    participants: [],
  },
): Step {
  return step(time, "owner", "availability.withdraw", { id: "window" }, answer);
}

export function get(time: readonly [number, number], member: string, availability: Availability): Step {
  return step(time, member, "availability.get", { owner: "owner", id: "window" }, availability);
}

export function takenBy(username: string, availability = shown()): Availability {
  const { startTime, endTime, maxParticipants } = availability;
  return {
    ...availability,
    status: "BOOKED",
    taken: maxParticipants > 1 ? [] : [{ startTime, endTime }],
    participants: [{ username, displayName: "", cohort: "White" }],
  };
}

/** The availability after an edit: one hour longer. */
export const longer = shown({ endTime: at(12), description: "edited" });
export const brief = shown({ description: "edited" });
export const ann = meeting("ann");
export const ben = meeting("ben");

/** A group of one hour for three members. Two of them have a seat. */
export const group = shown({ maxParticipants: 3 });
export const groupWith = (names: string[], changes: Partial<Availability> = {}): Availability => ({
  ...group,
  participants: names.map((username) => ({ username, displayName: "", cohort: "White" })),
  ...changes,
});
export const twoInGroup = [post([0, 1], group), book([2, 3], "ann"), book([4, 5], "ben")];
export const bothWithdrawn = [canceled(ann, "owner"), canceled(ben, "owner")];

export const profile = (username: string, displayName = "") => ({ username, displayName });
export const getRefused = (time: readonly [number, number], member: string, reason: string): Step =>
  step(time, member, "availability.get", { owner: "owner", id: "window" }, reason);
