import pLimit from "p-limit";
import { TooMuch, Unavailable } from "../errors.ts";
import type { Database, DocumentClient } from "./database.ts";

/** What one HTTP request may make the database do, with all calls of its batch. */
export interface BudgetLimits {
  /** Requests to the database. */
  readonly requests: number;
  /** Capacity units that reads consume, one for each 4 kB. */
  readonly readUnits: number;
  /** Capacity units that writes consume: one for each kB, two in a transaction. */
  readonly writeUnits: number;
  /** Bytes of the answers, as JSON in JSON as Lambda counts them: 6 MB, including errors and headers. */
  readonly answerBytes: number;
  /** How many queries, and how many requests to the database, may run at once. */
  readonly atOnce: number;
  /**
   * Milliseconds after which no mutation starts and no query sends further requests, because the function's own time is
   * limited.
   */
  readonly beginMs: number;
}

/**
 * Far more than any page needs, and little enough that the work takes less than a second and 256 MB on the smallest
 * supported machine (packages/contract-tests/hostile/weight.test.ts).
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
 * What is left of the limits of one HTTP request. Create one for each HTTP request; all of its calls share it.
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
   * Runs a query, a few at a time, so that the first ones complete before others use up the budget. Once it is used up,
   * the next request to the database throws.
   * @throws TooMuch when the budget is used up, Unavailable when the time is up
   */
  query<Result>(database: Database, run: (database: Database) => Promise<Result>): Promise<Result> {
    return this.#queries(() => run(this.#counting(database, () => this.#check())));
  }

  /**
   * Runs a mutation after those before it, so that the changes of one batch do not conflict with each other. If the
   * budget is used up by then, its first request to the database throws. A mutation that has started is not stopped: it
   * may already have written.
   * @throws TooMuch if the budget is used up before it starts, Unavailable if the time is up
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
   * Counts the answer of a successful call.
   * @param mustBeSent true for a mutation, which has already written
   * @returns whether the answer may be sent; if not, it is not counted
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
    return isLate ? new Unavailable("Earlier calls of this request took too long") : undefined;
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
      // Checked again when its turn comes, because others may have used up the budget by then.
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
    // Everything that is not known to write counts as a read: fewer read units are allowed.
    const isWrite = "TransactItems" in input || "Item" in input || "UpdateExpression" in input;
    if (isWrite) this.#writeUnits += units;
    else this.#readUnits += units;
  }
}
