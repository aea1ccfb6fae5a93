import { randomInt } from "node:crypto";
import type { Availability } from "@kumite/core/availabilities/schema";
import type { Meeting } from "@kumite/core/meetings/schema";
import { availabilityInput, book, newMembers, postAvailability } from "@kumite/core/testing";

/** A group availability with three seats, one of them booked, and members who relate to it in different ways. */
export interface Scene {
  readonly owner: string;
  readonly participant: string;
  readonly anonymous: string;
  readonly outsider: string;
  /** A member like the outsider, whose token has the group of admins. */
  readonly admin: string;
  readonly availability: Availability;
  /** The input that posted the availability. With an `id`, it edits it. */
  readonly input: ReturnType<typeof availabilityInput>;
  readonly meeting: Meeting;
}

export async function setScene(): Promise<Scene> {
  const now = new Date();
  const [owner, participant, anonymous] = await newMembers(3, { now });
  const [outsider, admin] = await newMembers(2, { now, cohort: "Black" });
  // At a random time, so that a search of that time finds it on the first page.
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
