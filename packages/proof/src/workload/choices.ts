import type { Availability } from "@kumite/core/availabilities/schema";
import type { Meeting } from "@kumite/core/meetings/schema";
import type { SetAvailability, Span } from "../history.ts";
import type { Member } from "../members.ts";
import type { Random } from "../random.ts";
import type { Calls } from "./calls.ts";

/** One in this many members leaves at some time. */
const leaverEvery = 5;

export const minute = 60_000;
const day = 24 * 60 * minute;
/** Availabilities begin within this many minutes, on a grid, close enough to conflict. */
export const breadthMinutes = 24 * 60;
export const gridMinutes = 30;
export const types = ["sparring", "technique", "kata", "review"];

/** Random choices for the members' calls: from the members, the times, and what the answers have shown. */
export class Choices {
  readonly #members: readonly Member[];
  readonly #calls: Calls;
  /** Noon of a day that is near, but not so near that it passes during the run. */
  readonly #noon = Math.ceil(Date.now() / day) * day + day / 2;

  constructor(members: readonly Member[], calls: Calls) {
    this.#members = members;
    this.#calls = calls;
  }

  /** Returns random fields for an availability, without its id. */
  offer(random: Random, startTime: string): SetAvailability {
    const isGroup = random.chance(35);
    const maxParticipants = isGroup ? random.between(2, 5) : 1;
    const minutes = random.pick(isGroup ? [60, 90] : [30, 60, 90, 120, 180]) as number;
    const cohorts = [...new Set(this.#members.map(({ cohort }) => cohort))];
    return {
      startTime,
      endTime: new Date(Date.parse(startTime) + minutes * minute).toISOString(),
      ...(!isGroup && { durationMinutes: Math.min(minutes, random.pick([30, 45, 60]) as number) }),
      types: random.some(types, random.between(1, 3)),
      cohorts: random.some(cohorts, random.between(1, cohorts.length)),
      maxParticipants,
      bookings: !isGroup && minutes > 60 && random.chance(60) ? "several" : "one",
      link: random.chance(60) ? `https://meet.example.com/${this.#calls.begun + 1}` : "",
      description: `call ${this.#calls.begun + 1}`,
    };
  }

  /** Returns a reason that is unique to the call, so that it identifies what canceled a meeting. */
  reason(): string {
    return `call ${this.#calls.begun + 1}`;
  }

  /** Returns the instant this many minutes after the earliest start of an availability. */
  instant(minutes: number): string {
    return new Date(this.#noon + minutes * minute).toISOString();
  }

  /** Returns a random part of the time in which availabilities are, or all of it without `random`. */
  span(random?: Random): Span {
    if (!random || random.chance(30)) return { from: this.instant(0), to: this.instant(2 * breadthMinutes) };
    const from = random.between(0, breadthMinutes);
    return { from: this.instant(from), to: this.instant(from + random.between(60, 12 * 60)) };
  }

  /** Returns an availability, more likely a new one, and sometimes one that is gone. */
  anyAvailability(random: Random): Availability | undefined {
    return random.pickEarly(
      random.chance(3) ? this.#calls.board.goneAvailabilities() : this.#calls.board.availabilities(),
    );
  }

  /** Returns an availability, rarely one that was withdrawn when last seen. */
  openAvailability(random: Random): Availability | undefined {
    const availability = this.anyAvailability(random);
    if (availability?.status !== "CANCELED" || random.chance(10)) return availability;
    return random.pickEarly(this.#calls.board.availabilities().filter(({ status }) => status !== "CANCELED"));
  }

  /** Returns a member, sometimes one who has left. */
  member(random: Random): Member {
    const member = random.pick(this.#members) as Member;
    if (!this.#calls.board.hasLeft(member.username) || random.chance(5)) return member;
    return random.pick(
      this.#members.filter(({ username }) => !this.#calls.board.hasLeft(username)),
    ) as Member;
  }

  /** Returns an availability's owner, sometimes another member. */
  owner(random: Random, availability: { owner: string }): Member {
    return (random.chance(97) ? this.find(availability.owner) : undefined) ?? this.member(random);
  }

  /** Returns one of a meeting's two people, sometimes another member. */
  personOf(random: Random, meeting: Meeting): Member {
    const name = random.chance(50) ? meeting.owner : meeting.participant;
    return (random.chance(97) ? this.find(name) : undefined) ?? this.member(random);
  }

  find(username: string): Member | undefined {
    return this.#members.find((member) => member.username === username);
  }

  /**
   * Whether a member leaves at some time. Such members do not book each other, because a meeting is erased when both
   * its people leave.
   */
  isLeaver(username: string): boolean {
    const index = this.#members.findIndex((member) => member.username === username);
    return index % leaverEvery === leaverEvery - 1;
  }

  bothLeave(member: Member, owner: string): boolean {
    return member.username !== owner && this.isLeaver(member.username) && this.isLeaver(owner);
  }
}
