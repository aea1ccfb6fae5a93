import type { History } from "../history.ts";
import type { Member } from "../members.ts";
import { Random } from "../random.ts";
import { Calls, type CallsOptions } from "./calls.ts";
import { Choices } from "./choices.ts";
import { Operations } from "./operations.ts";

export interface WorkloadOptions extends CallsOptions {
  readonly members: readonly Member[];
  /**
   * The seed and n determine the random numbers of the n-th operation; the answers determine what it can choose from.
   */
  readonly seed: number;
  /** How many calls to make; the lists at the end come on top. */
  readonly operations: number;
  /** Waits until everything that follows the commits is done. */
  readonly settled?: () => Promise<void>;
  /**
   * How many calls are under way at the same time. A member may have several of them, because each call chooses a
   * member again.
   */
  readonly concurrency: number;
  /** The kinds of operations to skip; none if left out. */
  readonly without?: readonly Kind[];
}

/** Runs members against the API. Then each of them searches once more when everything is done. */
export async function runWorkload(options: WorkloadOptions): Promise<History> {
  const workload = new Workload(options);
  await workload.run(options.operations);
  await options.settled?.();
  await workload.searchAll();
  return workload.history;
}

/** How often each kind of operation occurs, relative to the others. */
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

/** The most blocks at the same time. */
const mostBlocks = 12;
/** The most availabilities at the same time: scarcity causes conflicts. */
const mostAvailabilities = 120;

/** A run in parts: `run` may be called repeatedly, and `history` is available in between. */
export class Workload {
  readonly #options: Omit<WorkloadOptions, "operations">;
  readonly #random: Random;
  readonly #calls: Calls;
  readonly #choices: Choices;
  readonly #operations: Operations;

  constructor(options: Omit<WorkloadOptions, "operations">) {
    this.#options = options;
    this.#random = new Random(options.seed);
    this.#calls = new Calls(options);
    this.#choices = new Choices(options.members, this.#calls);
    this.#operations = new Operations(options.members, this.#calls, this.#choices);
  }

  get history(): History {
    const { seed, members } = this.#options;
    return {
      seed,
      members: members.map(({ username, cohort, displayName }) => ({ username, cohort, displayName })),
      calls: this.#calls.answered,
    };
  }

  /** Makes this many further calls. */
  async run(operations: number): Promise<void> {
    const end = this.#calls.begun + operations;
    const client = async () => {
      while (this.#calls.begun < end) await this.#operate(new Random(this.#random.between(0, 0x7fff_ffff)));
    };
    await Promise.all(Array.from({ length: this.#options.concurrency }, client));
  }

  /** Every member searches for everything to the last page, one member after the other. */
  async searchAll(): Promise<void> {
    for (const member of this.#options.members.filter(
      ({ username }) => !this.#calls.board.hasLeft(username),
    )) {
      await this.#calls.listToEnd(member, "availability.search", { ...this.#choices.span(), limit: 100 });
    }
  }

  #operate(random: Random): Promise<void> {
    const what = random.choose(weights);
    if (this.#options.without?.includes(what)) return this.#operations.book(random);
    switch (what) {
      case "block":
        return this.#calls.board.blocks().length < mostBlocks
          ? this.#operations.block(random)
          : this.#operations.unblock(random);
      case "unblock":
        return this.#operations.unblock(random);
      case "getUser":
        return this.#calls.ask(this.#choices.member(random), "user.get", {
          username: (random.pick(this.#options.members) as Member).username,
        });
      case "rename":
        return this.#calls.ask(this.#choices.member(random), "user.set", {
          displayName: `Name ${this.#calls.begun + 1}`,
        });
      case "leave":
        return random.chance(30) ? this.#operations.leave(random) : this.#operations.getAvailability(random);
      case "book":
        return random.chance(4) ? this.#operations.waver(random) : this.#operations.book(random);
      case "cancel":
        return this.#operations.cancel(random);
      case "post":
        if (random.chance(4)) return this.#operations.crowd(random);
        return this.#calls.board.availabilities().length < mostAvailabilities
          ? this.#operations.post(random)
          : this.#operations.delete(random);
      case "withdraw":
        return this.#operations.withdraw(random);
      case "edit":
        return this.#operations.edit(random);
      case "delete":
        return this.#operations.delete(random);
      case "search":
        return this.#operations.search(random);
      case "again":
        return this.#operations.again(random);
      case "getAvailability":
        return this.#operations.getAvailability(random);
      case "getMeeting":
        return this.#operations.getMeeting(random);
      case "calendar":
        return this.#calls.ask(this.#choices.member(random), "calendar.get", this.#choices.span(random));
      case "listMeetings": {
        const span = random.chance(50) ? this.#choices.span(random) : {};
        return this.#calls.listToEnd(this.#choices.member(random), "meeting.list", {
          ...span,
          limit: random.between(5, 100),
        });
      }
      case "listAvailabilities":
        return this.#calls.listToEnd(this.#choices.member(random), "availability.list", {
          limit: random.between(5, 100),
        });
    }
  }
}
