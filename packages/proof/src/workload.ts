import type { Availability } from "@kumite/core/availabilities/schema";
import type { Meeting } from "@kumite/core/meetings/schema";
import { Board } from "./board.ts";
import { type Connection, send } from "./client.ts";
import type {
  Attempt,
  Call,
  CallOf,
  History,
  Procedure,
  Procedures,
  SetAvailability,
  Span,
} from "./history.ts";
import type { Member } from "./members.ts";
import { Random } from "./random.ts";

export interface WorkloadOptions extends Connection {
  readonly members: readonly Member[];
  /** The choices of the n-th operation follow from it and n; what there is to choose from follows from the answers. */
  readonly seed: number;
  /** How many calls to make; the lists at the end come on top. */
  readonly operations: number;
  /** Waits for what follows commits. */
  readonly settled?: () => Promise<void>;
  /** How many calls are under way at once. Members are chosen anew for each: they may be in two places themselves. */
  readonly concurrency: number;
  /** How often a call whose outcome is unknown is sent in all; once if left out. */
  readonly attempts?: number;
  /** What is left out: nothing where it is left out. */
  readonly without?: readonly Kind[];
  /** Told how many calls have been answered. */
  readonly onProgress?: (operations: number) => void;
}

/** Runs members against the API, then has each of them search once more when all is quiet. */
export async function runWorkload(options: WorkloadOptions): Promise<History> {
  const workload = new Workload(options);
  await workload.run(options.operations);
  await options.settled?.();
  await workload.searchAll();
  return workload.history;
}

/** How often each thing is done, in a hundred. */
const weights = {
  book: 35,
  cancel: 12,
  post: 9,
  edit: 9,
  delete: 4,
  withdraw: 3,
  search: 8,
  again: 6,
  getAvailability: 5,
  getMeeting: 3,
  calendar: 3,
  listMeetings: 2,
  listAvailabilities: 1,
  block: 1,
  unblock: 1,
  getUser: 1,
  rename: 1,
  leave: 1,
} as const;
type Kind = keyof typeof weights;

/** Members who block, or are blocked, at once. */
const mostBlocks = 12;
/** Each so-manieth member leaves at some time. */
const leaverEvery = 5;

const minute = 60_000;
const day = 24 * 60 * minute;
/** Availabilities begin within so many minutes, on a grid: close enough together to be in each other's way. */
const breadthMinutes = 24 * 60;
const gridMinutes = 30;
/** More are not posted: what is scarce is fought over. */
const mostAvailabilities = 120;
/** More seats than one transaction cancels, so that a withdrawal takes several. */
const crowdSeats = 15;
/** As often as a member may book and cancel one availability, and once more. */
const wavers = 4;
const types = ["sparring", "technique", "kata", "review"];

/** A run in parts: `run` as often as wanted, the history so far at any time in between. */
export class Workload {
  readonly #options: Omit<WorkloadOptions, "operations">;
  readonly #random: Random;
  readonly #board = new Board();
  readonly #calls: Call[] = [];
  /** The last thing that each member asked for, answered or not. */
  readonly #last = new Map<Member, Asked>();
  /** Noon of a day that is near, but not so near that it becomes the past. */
  readonly #noon = Math.ceil(Date.now() / day) * day + day / 2;
  #begun = 0;
  #left = 0;

  constructor(options: Omit<WorkloadOptions, "operations">) {
    this.#options = options;
    this.#random = new Random(options.seed);
  }

  get history(): History {
    const { seed, members } = this.#options;
    return {
      seed,
      members: members.map(({ username, cohort, displayName }) => ({ username, cohort, displayName })),
      calls: this.#calls,
    };
  }

  /** Makes so many calls more. */
  async run(operations: number): Promise<void> {
    this.#left = operations;
    const client = async () => {
      while (this.#left > 0) await this.#operate(new Random(this.#random.between(0, 0x7fff_ffff)));
    };
    await Promise.all(Array.from({ length: this.#options.concurrency }, client));
  }

  /** Has every member read a search of everything to its end, one after the other. */
  async searchAll(): Promise<void> {
    for (const member of this.#options.members.filter(({ username }) => !this.#board.hasLeft(username))) {
      await this.#listToEnd(member, "availability.search", { ...this.#span(), limit: 100 });
    }
  }

  #operate(random: Random): Promise<void> {
    const what = random.choose(weights);
    if (this.#options.without?.includes(what)) return this.#book(random);
    switch (what) {
      case "block":
        return this.#board.blocks().length < mostBlocks ? this.#block(random) : this.#unblock(random);
      case "unblock":
        return this.#unblock(random);
      case "getUser":
        return this.#ask(this.#member(random), "user.get", {
          username: (random.pick(this.#options.members) as Member).username,
        });
      case "rename":
        return this.#ask(this.#member(random), "user.set", { displayName: `Name ${this.#begun + 1}` });
      case "leave":
        return random.chance(30) ? this.#leave(random) : this.#getAvailability(random);
      case "book":
        return random.chance(4) ? this.#waver(random) : this.#book(random);
      case "cancel":
        return this.#cancel(random);
      case "post":
        if (random.chance(4)) return this.#crowd(random);
        return this.#board.availabilities().length < mostAvailabilities
          ? this.#post(random)
          : this.#delete(random);
      case "withdraw":
        return this.#withdraw(random);
      case "edit":
        return this.#edit(random);
      case "delete":
        return this.#delete(random);
      case "search":
        return this.#search(random);
      case "again":
        return this.#again(random);
      case "getAvailability":
        return this.#getAvailability(random);
      case "getMeeting":
        return this.#getMeeting(random);
      case "calendar":
        return this.#ask(this.#member(random), "calendar.get", this.#span(random));
      case "listMeetings": {
        const span = random.chance(50) ? this.#span(random) : {};
        return this.#listToEnd(this.#member(random), "meeting.list", {
          ...span,
          limit: random.between(5, 100),
        });
      }
      case "listAvailabilities":
        return this.#listToEnd(this.#member(random), "availability.list", { limit: random.between(5, 100) });
    }
  }

  async #post(random: Random): Promise<void> {
    const owner = random.pickEarly(this.#options.members) as Member;
    const startTime = this.#instant(random.between(0, breadthMinutes / gridMinutes) * gridMinutes);
    const idempotencyKey = random.uuid();
    await this.#ask(owner, "availability.set", { ...this.#availability(random, startTime), idempotencyKey });
  }

  async #edit(random: Random): Promise<void> {
    const availability = this.#anyAvailability(random);
    if (!availability) return this.#post(random);
    const { id, startTime, endTime, durationMinutes, maxParticipants, bookings } = availability;
    const moved = this.#instant(random.between(0, breadthMinutes / gridMinutes) * gridMinutes);
    const fresh = this.#availability(random, random.chance(50) ? startTime : moved);
    // Edits that keep what a booked seat needs come as often as those that do not.
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
    await this.#ask(this.#owner(random, availability), "availability.set", input);
  }

  async #delete(random: Random): Promise<void> {
    const availability = this.#anyAvailability(random);
    if (!availability) return this.#post(random);
    await this.#ask(this.#owner(random, availability), "availability.delete", { id: availability.id });
  }

  /** An owner blocks somebody, or somebody blocks an owner. */
  async #block(random: Random): Promise<void> {
    const host = this.#find(this.#anyAvailability(random)?.owner ?? "");
    if (!host) return this.#post(random);
    const guest = this.#member(random);
    const [blocker, { username }] = random.chance(50) ? [host, guest] : [guest, host];
    if (blocker.username !== username) await this.#ask(blocker, "user.block", { username });
  }

  async #unblock(random: Random): Promise<void> {
    const { blocker, username } = random.pick(this.#board.blocks()) ?? {};
    const member = this.#find(blocker ?? "");
    if (!member || username === undefined) return this.#block(random);
    await this.#ask(member, "user.unblock", { username });
  }

  /** A member deletes their account, by the name that they were last called by. */
  async #leave(random: Random): Promise<void> {
    const staying = this.#options.members.filter(
      (member) => this.#isLeaver(member.username) && !this.#board.hasLeft(member.username),
    );
    const member = random.pick(staying);
    if (!member) return this.#getAvailability(random);
    const displayName = this.#board.nameOf(member.username) ?? member.displayName;
    await this.#ask(member, "user.delete", { displayName });
  }

  /** Whether a member leaves sooner or later. They book nothing of each other: of a meeting whose two people leave nothing is kept. */
  #isLeaver(username: string): boolean {
    const index = this.#options.members.findIndex((member) => member.username === username);
    return index % leaverEvery === leaverEvery - 1;
  }

  #bothLeave(member: Member, owner: string): boolean {
    return member.username !== owner && this.#isLeaver(member.username) && this.#isLeaver(owner);
  }

  async #withdraw(random: Random): Promise<void> {
    const availability = this.#anyAvailability(random);
    if (!availability) return this.#post(random);
    await this.#ask(this.#owner(random, availability), "availability.withdraw", {
      id: availability.id,
      reason: this.#reason(),
    });
  }

  /** Posts a large group, which as many members as possible book, and mostly withdraws it while others look at it. */
  async #crowd(random: Random): Promise<void> {
    const { members } = this.#options;
    const owner = this.#member(random);
    // Later than other availabilities, when everybody is free.
    const minutes = breadthMinutes + random.between(0, (breadthMinutes / gridMinutes) * 0.8) * gridMinutes;
    const offer = this.#availability(random, this.#instant(minutes));
    const { durationMinutes: _, ...group } = offer;
    const posted = await this.#call(owner, "availability.set", {
      ...group,
      cohorts: [...new Set(members.map(({ cohort }) => cohort))],
      maxParticipants: crowdSeats,
      bookings: "one",
      idempotencyKey: random.uuid(),
    });
    const { id } = dataOf(posted) ?? {};
    if (id === undefined) return;
    const key = { owner: owner.username, id };
    const some = random.some(members, Math.min(members.length, crowdSeats + 5));
    for (const member of some.filter((one) => !this.#bothLeave(one, owner.username))) {
      await this.#call(member, "availability.book", key);
    }
    if (random.chance(20)) return;
    const looks = random.some(members, 3).map((member) => this.#call(member, "availability.get", key));
    const withdraw = () => this.#ask(owner, "availability.withdraw", { id, reason: this.#reason() });
    const edit = () =>
      this.#ask(owner, "availability.set", { ...this.#availability(random, offer.startTime), id });
    await Promise.all([
      ...looks,
      withdraw(),
      ...(random.chance(30) ? [withdraw()] : []),
      ...(random.chance(30) ? [edit()] : []),
    ]);
  }

  /** A member books an availability and cancels that, as often as they are let. */
  async #waver(random: Random): Promise<void> {
    const availability = this.#openAvailability(random);
    if (!availability) return this.#post(random);
    const member = this.#member(random);
    if (this.#bothLeave(member, availability.owner)) return this.#getAvailability(random);
    for (let times = 0; times < wavers; times++) {
      const { owner, id, startTime, types } = availability;
      const type = random.pick(types) as string;
      const meeting = dataOf(await this.#call(member, "availability.book", { owner, id, startTime, type }));
      if (!meeting) return;
      await this.#call(member, "meeting.cancel", { id: meeting.id, reason: this.#reason() });
    }
  }

  async #book(random: Random): Promise<void> {
    const availability = this.#openAvailability(random);
    if (!availability) return this.#post(random);
    const { owner, id } = availability;
    const allowed = this.#options.members.filter(
      ({ cohort, username }) => availability.cohorts.includes(cohort) && !this.#board.hasLeft(username),
    );
    const member = (random.chance(90) ? random.pick(allowed) : undefined) ?? this.#member(random);
    if (this.#bothLeave(member, owner)) return this.#getAvailability(random);
    const minutes = (Date.parse(availability.endTime) - Date.parse(availability.startTime)) / minute;
    const latest = Math.max(0, minutes - availability.durationMinutes);
    const steps = Math.floor(latest / 15) + (random.chance(5) ? 2 : 0);
    const startTime = new Date(
      Date.parse(availability.startTime) + random.between(0, steps) * 15 * minute,
    ).toISOString();
    const isGroup = availability.maxParticipants > 1;
    await this.#ask(member, "availability.book", {
      owner,
      id,
      ...(random.chance(isGroup ? 10 : 85) && { startTime }),
      ...(random.chance(90) && {
        type: random.pick(random.chance(97) ? availability.types : types) as string,
      }),
    });
  }

  async #cancel(random: Random): Promise<void> {
    const status = random.chance(85) ? "SCHEDULED" : "CANCELED";
    const meeting = random.pick(this.#board.meetings(status));
    if (!meeting) return this.#book(random);
    await this.#ask(this.#personOf(random, meeting), "meeting.cancel", {
      id: meeting.id,
      reason: this.#reason(),
    });
  }

  async #getAvailability(random: Random): Promise<void> {
    const availability = this.#anyAvailability(random);
    if (!availability) return this.#post(random);
    const { owner, id } = availability;
    await this.#ask(this.#member(random), "availability.get", { owner, id });
  }

  async #getMeeting(random: Random): Promise<void> {
    const meeting = random.pick(this.#board.meetings(random.chance(70) ? "SCHEDULED" : "CANCELED"));
    if (!meeting) return this.#book(random);
    await this.#ask(this.#personOf(random, meeting), "meeting.get", { id: meeting.id });
  }

  async #search(random: Random): Promise<void> {
    const filter = random.chance(30) ? { types: random.some(types, random.between(1, 2)) } : {};
    const input = { ...this.#span(random), ...filter, limit: random.between(5, 100) };
    await this.#listToEnd(this.#member(random), "availability.search", input);
  }

  /** Sends a member's last call once more, which may still be under way. */
  async #again(random: Random): Promise<void> {
    const [member, asked] = random.pick([...this.#last]) ?? [];
    if (!member || !asked) return this.#post(random);
    await this.#ask(member, asked.procedure, asked.input);
  }

  async #listToEnd<P extends "availability.search" | "availability.list" | "meeting.list">(
    member: Member,
    procedure: P,
    input: Procedures[P]["input"],
  ): Promise<void> {
    const list = this.#begun + 1;
    let cursor: string | undefined;
    do {
      const page = cursor === undefined ? input : { ...input, cursor };
      const call = await this.#call(member, procedure, page, list);
      const outcome = call.attempts.at(-1)?.outcome;
      cursor = outcome?.kind === "ok" ? (outcome.data as { cursor?: string }).cursor : undefined;
    } while (cursor !== undefined);
  }

  async #ask<P extends Procedure>(
    member: Member,
    procedure: P,
    input: Procedures[P]["input"],
  ): Promise<void> {
    // What posting twice makes are two availabilities.
    const repeatable = procedure !== "availability.set" || "id" in input;
    if (repeatable) this.#last.set(member, { procedure, input } as Asked);
    await this.#call(member, procedure, input);
  }

  async #call<P extends Procedure>(
    member: Member,
    procedure: P,
    input: Procedures[P]["input"],
    list?: number,
  ): Promise<CallOf<P>> {
    const id = ++this.#begun;
    this.#left -= 1;
    const attempts: Attempt[] = [];
    do {
      attempts.push(await send(this.#options, member.accessToken, procedure, input));
    } while (attempts.at(-1)?.outcome.kind === "unknown" && attempts.length < (this.#options.attempts ?? 1));
    const { username } = member;
    const call = {
      id,
      member: username,
      procedure,
      input,
      attempts,
      ...(list && { list }),
    } as unknown as Call;
    this.#calls.push(call);
    this.#board.learn(call);
    this.#options.onProgress?.(this.#calls.length);
    return call as unknown as CallOf<P>;
  }

  /** An availability's fields but for its id. */
  #availability(random: Random, startTime: string): SetAvailability {
    const isGroup = random.chance(35);
    const maxParticipants = isGroup ? random.between(2, 5) : 1;
    const minutes = random.pick(isGroup ? [60, 90] : [30, 60, 90, 120, 180]) as number;
    const cohorts = [...new Set(this.#options.members.map(({ cohort }) => cohort))];
    return {
      startTime,
      endTime: new Date(Date.parse(startTime) + minutes * minute).toISOString(),
      ...(!isGroup && { durationMinutes: Math.min(minutes, random.pick([30, 45, 60]) as number) }),
      types: random.some(types, random.between(1, 3)),
      cohorts: random.some(cohorts, random.between(1, cohorts.length)),
      maxParticipants,
      bookings: !isGroup && minutes > 60 && random.chance(60) ? "several" : "one",
      link: random.chance(60) ? `https://meet.example.com/${this.#begun + 1}` : "",
      description: `call ${this.#begun + 1}`,
    };
  }

  /** Like no other call's: a canceled meeting tells by it what has canceled it. */
  #reason(): string {
    return `call ${this.#begun + 1}`;
  }

  #instant(minutes: number): string {
    return new Date(this.#noon + minutes * minute).toISOString();
  }

  /** A part of the time in which availabilities are, or all of it. */
  #span(random?: Random): Span {
    if (!random || random.chance(30))
      return { from: this.#instant(0), to: this.#instant(2 * breadthMinutes) };
    const from = random.between(0, breadthMinutes);
    return { from: this.#instant(from), to: this.#instant(from + random.between(60, 12 * 60)) };
  }

  /** An availability, more likely a new one, and now and then one that is gone. */
  #anyAvailability(random: Random): Availability | undefined {
    return random.pickEarly(
      random.chance(3) ? this.#board.goneAvailabilities() : this.#board.availabilities(),
    );
  }

  /** An availability, but few of those that were withdrawn when last heard of. */
  #openAvailability(random: Random): Availability | undefined {
    const availability = this.#anyAvailability(random);
    if (availability?.status !== "CANCELED" || random.chance(10)) return availability;
    return random.pickEarly(this.#board.availabilities().filter(({ status }) => status !== "CANCELED"));
  }

  /** Somebody, and now and then one who has left. */
  #member(random: Random): Member {
    const member = random.pick(this.#options.members) as Member;
    if (!this.#board.hasLeft(member.username) || random.chance(5)) return member;
    return random.pick(
      this.#options.members.filter(({ username }) => !this.#board.hasLeft(username)),
    ) as Member;
  }

  /** An availability's owner, and now and then somebody else. */
  #owner(random: Random, availability: { owner: string }): Member {
    return (random.chance(97) ? this.#find(availability.owner) : undefined) ?? this.#member(random);
  }

  /** One of a meeting's two people, and now and then somebody else. */
  #personOf(random: Random, meeting: Meeting): Member {
    const name = random.chance(50) ? meeting.owner : meeting.participant;
    return (random.chance(97) ? this.#find(name) : undefined) ?? this.#member(random);
  }

  #find(username: string): Member | undefined {
    return this.#options.members.find((member) => member.username === username);
  }
}

/** What a call is answered in the end; undefined where it was refused, or where no answer came. */
function dataOf<P extends Procedure>({ attempts }: CallOf<P>): Procedures[P]["output"] | undefined {
  const outcome = attempts.at(-1)?.outcome;
  return outcome?.kind === "ok" ? outcome.data : undefined;
}

type Asked = { [P in Procedure]: { procedure: P; input: Procedures[P]["input"] } }[Procedure];
