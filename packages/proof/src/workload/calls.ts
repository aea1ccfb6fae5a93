import { type Connection, send } from "../client.ts";
import type { Attempt, Call, CallOf, Procedure, Procedures } from "../history.ts";
import type { Member } from "../members.ts";
import { Board } from "./board.ts";

export interface CallsOptions extends Connection {
  /** How many times a call with an unknown outcome is sent in total; once if left out. */
  readonly attempts?: number;
  /** Called with the number of answered calls. */
  readonly onProgress?: (operations: number) => void;
}

type Asked = { [P in Procedure]: { procedure: P; input: Procedures[P]["input"] } }[Procedure];

/** Makes the members' calls and records them, with their answers. */
export class Calls {
  readonly #options: CallsOptions;
  readonly #answered: Call[] = [];
  /** Each member's last call, answered or not. */
  readonly #last = new Map<Member, Asked>();
  #begun = 0;
  /** What the answers have shown. */
  readonly board = new Board();

  constructor(options: CallsOptions) {
    this.#options = options;
  }

  /** The answered calls, in the order of their answers. */
  get answered(): readonly Call[] {
    return this.#answered;
  }

  /** The number of calls begun; the next call's id is one more. */
  get begun(): number {
    return this.#begun;
  }

  /** Returns each member with their last call, which may still be under way. */
  last(): [Member, Asked][] {
    return [...this.#last];
  }

  /** Reads a list to its end, page by page. */
  async listToEnd<P extends "availability.search" | "availability.list" | "meeting.list">(
    member: Member,
    procedure: P,
    input: Procedures[P]["input"],
  ): Promise<void> {
    const list = this.#begun + 1;
    let cursor: string | undefined;
    do {
      const page = cursor === undefined ? input : { ...input, cursor };
      const call = await this.call(member, procedure, page, list);
      const outcome = call.attempts.at(-1)?.outcome;
      cursor = outcome?.kind === "ok" ? (outcome.data as { cursor?: string }).cursor : undefined;
    } while (cursor !== undefined);
  }

  /** Makes a call, which the member may repeat later. */
  async ask<P extends Procedure>(member: Member, procedure: P, input: Procedures[P]["input"]): Promise<void> {
    // Repeating a posting makes a second availability.
    const repeatable = procedure !== "availability.set" || "id" in input;
    if (repeatable) this.#last.set(member, { procedure, input } as Asked);
    await this.call(member, procedure, input);
  }

  /** Makes a call, and repeats it while its outcome is unknown, up to the option's limit. */
  async call<P extends Procedure>(
    member: Member,
    procedure: P,
    input: Procedures[P]["input"],
    list?: number,
  ): Promise<CallOf<P>> {
    const id = ++this.#begun;
    const attempts: Attempt<Procedures[P]["output"]>[] = [];
    do {
      attempts.push(await send(this.#options, member.accessToken, procedure, input));
    } while (attempts.at(-1)?.outcome.kind === "unknown" && attempts.length < (this.#options.attempts ?? 1));
    const { username } = member;
    const call: CallOf<P> = { id, member: username, procedure, input, attempts, ...(list && { list }) };
    this.#answered.push(call as Call);
    this.board.learn(call as Call);
    this.#options.onProgress?.(this.#answered.length);
    return call;
  }
}
