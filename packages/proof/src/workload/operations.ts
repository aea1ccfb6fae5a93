import { dataOf } from "../history.ts";
import type { Member } from "../members.ts";
import type { Random } from "../random.ts";
import type { Calls } from "./calls.ts";
import { breadthMinutes, type Choices, gridMinutes, minute, types } from "./choices.ts";

/** More seats than one transaction cancels, so that a withdrawal needs several. */
const crowdSeats = 15;
/** One more than a member may book and cancel the same availability. */
const wavers = 4;

/**
 * What members do. Each operation is one call or a few. If an operation has nothing to work on, another one replaces
 * it.
 */
export class Operations {
  readonly #members: readonly Member[];
  readonly #calls: Calls;
  readonly #choices: Choices;

  constructor(members: readonly Member[], calls: Calls, choices: Choices) {
    this.#members = members;
    this.#calls = calls;
    this.#choices = choices;
  }

  async post(random: Random): Promise<void> {
    const owner = random.pickEarly(this.#members) as Member;
    const startTime = this.#choices.instant(random.between(0, breadthMinutes / gridMinutes) * gridMinutes);
    const idempotencyKey = random.uuid();
    await this.#calls.ask(owner, "availability.set", {
      ...this.#choices.offer(random, startTime),
      idempotencyKey,
    });
  }

  async edit(random: Random): Promise<void> {
    const availability = this.#choices.anyAvailability(random);
    if (!availability) return this.post(random);
    const { id, startTime, endTime, durationMinutes, maxParticipants, bookings } = availability;
    const moved = this.#choices.instant(random.between(0, breadthMinutes / gridMinutes) * gridMinutes);
    const fresh = this.#choices.offer(random, random.chance(50) ? startTime : moved);
    // Half of the edits keep what a booked seat needs.
    const kept = {
      startTime,
      endTime,
      durationMinutes,
      maxParticipants: bookings === "several" ? 1 : maxParticipants + random.between(0, 1),
      bookings: maxParticipants > 1 ? ("one" as const) : bookings,
    };
    const input = random.chance(50)
      ? { ...fresh, id }
      : { ...fresh, ...kept, id, types: [...new Set([...availability.types, ...fresh.types])] };
    await this.#calls.ask(this.#choices.owner(random, availability), "availability.set", input);
  }

  async delete(random: Random): Promise<void> {
    const availability = this.#choices.anyAvailability(random);
    if (!availability) return this.post(random);
    await this.#calls.ask(this.#choices.owner(random, availability), "availability.delete", {
      id: availability.id,
    });
  }

  /** An owner blocks a member, or a member blocks an owner. */
  async block(random: Random): Promise<void> {
    const host = this.#choices.find(this.#choices.anyAvailability(random)?.owner ?? "");
    if (!host) return this.post(random);
    const guest = this.#choices.member(random);
    const [blocker, { username }] = random.chance(50) ? [host, guest] : [guest, host];
    if (blocker.username !== username) await this.#calls.ask(blocker, "user.block", { username });
  }

  async unblock(random: Random): Promise<void> {
    const { blocker, username } = random.pick(this.#calls.board.blocks()) ?? {};
    const member = this.#choices.find(blocker ?? "");
    if (!member || username === undefined) return this.block(random);
    await this.#calls.ask(member, "user.unblock", { username });
  }

  /** A member deletes their account, and confirms it with their last known name. */
  async leave(random: Random): Promise<void> {
    const staying = this.#members.filter(
      (member) => this.#choices.isLeaver(member.username) && !this.#calls.board.hasLeft(member.username),
    );
    const member = random.pick(staying);
    if (!member) return this.getAvailability(random);
    const displayName = this.#calls.board.nameOf(member.username) ?? member.displayName;
    await this.#calls.ask(member, "user.delete", { displayName });
  }

  async withdraw(random: Random): Promise<void> {
    const availability = this.#choices.anyAvailability(random);
    if (!availability) return this.post(random);
    await this.#calls.ask(this.#choices.owner(random, availability), "availability.withdraw", {
      id: availability.id,
      reason: this.#choices.reason(),
    });
  }

  /** Posts a large group, has as many members as possible book it, and usually withdraws it while others read it. */
  async crowd(random: Random): Promise<void> {
    const owner = this.#choices.member(random);
    // Later than other availabilities, when everyone is free.
    const minutes = breadthMinutes + random.between(0, (breadthMinutes / gridMinutes) * 0.8) * gridMinutes;
    const offer = this.#choices.offer(random, this.#choices.instant(minutes));
    const { durationMinutes: _, ...group } = offer;
    const posted = await this.#calls.call(owner, "availability.set", {
      ...group,
      cohorts: [...new Set(this.#members.map(({ cohort }) => cohort))],
      maxParticipants: crowdSeats,
      bookings: "one",
      idempotencyKey: random.uuid(),
    });
    const { id } = dataOf(posted) ?? {};
    if (id === undefined) return;
    const key = { owner: owner.username, id };
    const some = random.some(this.#members, Math.min(this.#members.length, crowdSeats + 5));
    for (const member of some.filter((one) => !this.#choices.bothLeave(one, owner.username))) {
      await this.#calls.call(member, "availability.book", key);
    }
    if (random.chance(20)) return;
    const looks = random
      .some(this.#members, 3)
      .map((member) => this.#calls.call(member, "availability.get", key));
    const withdraw = () =>
      this.#calls.ask(owner, "availability.withdraw", { id, reason: this.#choices.reason() });
    const edit = () =>
      this.#calls.ask(owner, "availability.set", { ...this.#choices.offer(random, offer.startTime), id });
    await Promise.all([
      ...looks,
      withdraw(),
      ...(random.chance(30) ? [withdraw()] : []),
      ...(random.chance(30) ? [edit()] : []),
    ]);
  }

  /** A member books and cancels the same availability as often as they can. */
  async waver(random: Random): Promise<void> {
    const availability = this.#choices.openAvailability(random);
    if (!availability) return this.post(random);
    const member = this.#choices.member(random);
    if (this.#choices.bothLeave(member, availability.owner)) return this.getAvailability(random);
    for (let times = 0; times < wavers; times++) {
      const { owner, id, startTime, types } = availability;
      const type = random.pick(types) as string;
      const meeting = dataOf(
        await this.#calls.call(member, "availability.book", { owner, id, startTime, type }),
      );
      if (!meeting) return;
      await this.#calls.call(member, "meeting.cancel", { id: meeting.id, reason: this.#choices.reason() });
    }
  }

  async book(random: Random): Promise<void> {
    const availability = this.#choices.openAvailability(random);
    if (!availability) return this.post(random);
    const { owner, id } = availability;
    const allowed = this.#members.filter(
      ({ cohort, username }) => availability.cohorts.includes(cohort) && !this.#calls.board.hasLeft(username),
    );
    const member = (random.chance(90) ? random.pick(allowed) : undefined) ?? this.#choices.member(random);
    if (this.#choices.bothLeave(member, owner)) return this.getAvailability(random);
    const minutes = (Date.parse(availability.endTime) - Date.parse(availability.startTime)) / minute;
    const latest = Math.max(0, minutes - availability.durationMinutes);
    const steps = Math.floor(latest / 15) + (random.chance(5) ? 2 : 0);
    const startTime = new Date(
      Date.parse(availability.startTime) + random.between(0, steps) * 15 * minute,
    ).toISOString();
    const isGroup = availability.maxParticipants > 1;
    await this.#calls.ask(member, "availability.book", {
      owner,
      id,
      ...(random.chance(isGroup ? 10 : 85) && { startTime }),
      ...(random.chance(90) && {
        type: random.pick(random.chance(97) ? availability.types : types) as string,
      }),
    });
  }

  async cancel(random: Random): Promise<void> {
    const status = random.chance(85) ? "SCHEDULED" : "CANCELED";
    const meeting = random.pick(this.#calls.board.meetings(status));
    if (!meeting) return this.book(random);
    await this.#calls.ask(this.#choices.personOf(random, meeting), "meeting.cancel", {
      id: meeting.id,
      reason: this.#choices.reason(),
    });
  }

  async getAvailability(random: Random): Promise<void> {
    const availability = this.#choices.anyAvailability(random);
    if (!availability) return this.post(random);
    const { owner, id } = availability;
    await this.#calls.ask(this.#choices.member(random), "availability.get", { owner, id });
  }

  async getMeeting(random: Random): Promise<void> {
    const meeting = random.pick(this.#calls.board.meetings(random.chance(70) ? "SCHEDULED" : "CANCELED"));
    if (!meeting) return this.book(random);
    await this.#calls.ask(this.#choices.personOf(random, meeting), "meeting.get", { id: meeting.id });
  }

  async search(random: Random): Promise<void> {
    const filter = random.chance(30) ? { types: random.some(types, random.between(1, 2)) } : {};
    const input = { ...this.#choices.span(random), ...filter, limit: random.between(5, 100) };
    await this.#calls.listToEnd(this.#choices.member(random), "availability.search", input);
  }

  /** Repeats a member's last call, which may still be under way. */
  async again(random: Random): Promise<void> {
    const [member, asked] = random.pick(this.#calls.last()) ?? [];
    if (!member || !asked) return this.post(random);
    await this.#calls.ask(member, asked.procedure, asked.input);
  }
}
