import pLimit from "p-limit";
import { TooMuch, Unavailable } from "../errors.ts";
import type { Database, DocumentClient } from "./database.ts";

/** What one HTTP request may make the database do, all calls of its batch together. */
export interface BudgetLimits {
  /** Requests to the database. */
  readonly requests: number;
  /** Capacity units that reads consume, of 4 kB each. */
  readonly readUnits: number;
  /** Capacity units that writes consume, of 1 kB each, and two a kB in a transaction. */
  readonly writeUnits: number;
  /** Bytes of the answers, as JSON in JSON, which is what Lambda takes of a function: 6 MB, errors and headers included. */
  readonly answerBytes: number;
  /** Queries, and requests to the database, under way at once. */
  readonly atOnce: number;
  /** Milliseconds after which no mutation begins and no query goes on: the function's own time is limited. */
  readonly beginMs: number;
}

/**
 * Far more than any page asks for, and so little that the work stays under a second and 256 MB on the smallest machine
 * that counts (packages/contract-tests/hostile/weight.test.ts).
 */
export const requestBudget: BudgetLimits = {
  requests: 300,
  readUnits: 2_000,
  writeUnits: 4_000,
  answerBytes: 6_000_000,
  atOnce: 4,
  beginMs: 7_000,
};

interface Consumed {
  CapacityUnits?: number | undefined;
}

interface Answer {
  ConsumedCapacity?: Consumed | Consumed[] | undefined;
}

/**
 * What is left of what one HTTP request may make the database do. Its calls share it: make one for each HTTP request.
 */
export class Budget {
  readonly #limits: BudgetLimits;
  readonly #slots: ReturnType<typeof pLimit>;
  readonly #queries: ReturnType<typeof pLimit>;
  readonly #mutations = pLimit(1);
  readonly #began = performance.now();
  #requests = 0;
  #readUnits = 0;
  #writeUnits = 0;
  #answerBytes = 0;

  constructor(limits: BudgetLimits = requestBudget) {
    this.#limits = limits;
    this.#slots = pLimit(limits.atOnce);
    this.#queries = pLimit(limits.atOnce);
  }

  /**
   * Runs a query, a few at once: those that come first are done before the others have used the budget. Once it is used up,
   * the next request to the database throws.
   * @throws TooMuch then, Unavailable where the time is up
   */
  query<Result>(database: Database, run: (database: Database) => Promise<Result>): Promise<Result> {
    return this.#queries(() => run(this.#counting(database, () => this.#check())));
  }

  /**
   * Runs a mutation when those before it are done, so that the changes of one batch do not contend with each other. Where
   * nothing is left by then, its first request to the database throws. One that has begun is not stopped: it may have
   * written, and is then reported as done.
   * @throws TooMuch where the budget is used up before it begins, Unavailable where the time is up
   */
  mutation<Result>(database: Database, run: (database: Database) => Promise<Result>): Promise<Result> {
    return this.#mutations(() => {
      const refusal = this.#refusal();
      return run(
        this.#counting(database, () => {
          if (refusal) throw refusal;
        }),
      );
    });
  }

  /**
   * Counts the answer of a call that has succeeded.
   * @param mustBeSent of a mutation, which has written by now
   * @returns whether it may be sent. One that may not is not counted
   */
  answer(data: unknown, mustBeSent: boolean): boolean {
    const bytes = Buffer.byteLength(JSON.stringify(JSON.stringify(data) ?? ""));
    if (!mustBeSent && this.#answerBytes + bytes > this.#limits.answerBytes) return false;
    this.#answerBytes += bytes;
    return true;
  }

  #check(): void {
    const refusal = this.#refusal();
    if (refusal) throw refusal;
  }

  #refusal(): Error | undefined {
    if (this.#isUsedUp()) return new TooMuch();
    const isLate = performance.now() - this.#began >= this.#limits.beginMs;
    return isLate ? new Unavailable("What came before this took too long") : undefined;
  }

  #isUsedUp(): boolean {
    const { requests, readUnits, writeUnits, answerBytes } = this.#limits;
    return (
      this.#requests >= requests ||
      this.#readUnits >= readUnits ||
      this.#writeUnits >= writeUnits ||
      this.#answerBytes >= answerBytes
    );
  }

  #counting(database: Database, check: () => void): Database {
    const send = (command: { input: object }, options?: { abortSignal?: AbortSignal }): Promise<Answer> =>
      // What waits for its turn is checked when the turn comes: by then others have used the budget.
      this.#slots(async () => {
        check();
        this.#requests += 1;
        Object.assign(command.input, { ReturnConsumedCapacity: "TOTAL" });
        const sent = database.client.send(command as Parameters<DocumentClient["send"]>[0], options);
        const answer = (await sent) as Answer;
        this.#count(command.input, answer);
        return answer;
      });
    return { names: database.names, client: { send: send as DocumentClient["send"] } };
  }

  #count(input: object, answer: Answer): void {
    const consumed = [answer.ConsumedCapacity ?? []].flat();
    const units = consumed.reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
    // What is not known to write counts as a read, of which there are fewer.
    const isWrite = "TransactItems" in input || "Item" in input || "UpdateExpression" in input;
    if (isWrite) this.#writeUnits += units;
    else this.#readUnits += units;
  }
}
