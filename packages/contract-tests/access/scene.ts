import { randomInt } from "node:crypto";
import type { Availability } from "@kumite/core/availabilities/schema";
import type { Meeting } from "@kumite/core/meetings/schema";
import { availabilityInput, book, newMembers, postAvailability } from "@kumite/core/testing";

/** A group of three with one seat taken: its four people see it from four sides. */
export interface Scene {
  readonly owner: string;
  readonly participant: string;
  readonly anonymous: string;
  readonly outsider: string;
  /** One of the outsider's kind whose token has the group of admins. */
  readonly admin: string;
  readonly availability: Availability;
  /** What posts this availability, and edits it where an `id` is added. */
  readonly input: ReturnType<typeof availabilityInput>;
  readonly meeting: Meeting;
}

export async function setScene(): Promise<Scene> {
  const now = new Date();
  const [owner, participant, anonymous] = await newMembers(3, { now });
  const [outsider, admin] = await newMembers(2, { now, cohort: "Black" });
  // At a time of its own, so that a search of that time finds it on the first page.
  const startTime = new Date(now.getTime() + randomInt(1, 360 * 24 * 60) * 60_000).toISOString();
  const input = availabilityInput({ startTime, maxParticipants: 3, link: "https://meet.example/room" }, now);
  const availability = await postAvailability(owner, input);
  const meeting = await book(participant, availability);
  return {
    owner: owner.actor.username,
    participant: participant.actor.username,
    anonymous: anonymous.actor.username,
    outsider: outsider.actor.username,
    admin: admin.actor.username,
    availability,
    input,
    meeting,
  };
}
