import { type CountedMinute, localAllowance, minuteAt, secondsLeft } from "./rules.ts";

/** Adds calls to the counter that all processes share, and returns the sum so far. */
export type AddCalls = (subject: string, minute: CountedMinute, calls: number) => Promise<number>;

/** What a process knows about a subject's calls in the current minute. */
interface Tally {
  /** The process's own calls, and what others had reported at its last report. */
  known: number;
  /** Own calls that the shared counter does not have yet. */
  unreported: number;
  /** A report in progress. */
  report?: Promise<void>;
}

export interface Verdict {
  /** Seconds to wait before a retry, if the call exceeds the limit. */
  readonly retryAfterSeconds?: number;
  /** Why the shared counter failed. The call passes in this case. */
  readonly failure?: unknown;
}

/**
 * Counts calls by subject and minute, across processes. A process counts a few calls locally (see `localAllowance`),
 * and reports them together with the next one. So at most one local allowance for each process passes beyond a
 * subject's limit. A single process keeps to the limit exactly. If the shared counter fails, the process counts alone
 * until the minute is over.
 */
export class Limiter {
  #minuteStart = 0;
  #tallies = new Map<string, Tally>();
  #isAlone = false;

  /**
   * @param limit calls in a minute
   * @param add adds to the shared counter; without it, the process counts alone
   */
  async count(subject: string, limit: number, now: Date, add?: AddCalls): Promise<Verdict> {
    const minute = minuteAt(now);
    const refused = { retryAfterSeconds: secondsLeft(minute, now) };
    const tally = this.#tallyOf(subject, minute);
    while (tally.report) await tally.report;

    // Once the limit is reached, the shared counter is not needed.
    if (tally.known >= limit) return refused;
    tally.known += 1;
    tally.unreported += 1;
    if (!add || this.#isAlone || tally.unreported <= localAllowance(limit)) return {};

    let failure: unknown;
    tally.report = add(subject, minute, tally.unreported)
      .then(
        (sum) => {
          tally.known = sum;
          tally.unreported = 0;
        },
        (error: unknown) => {
          failure = error;
          this.#isAlone = true;
        },
      )
      .finally(() => {
        delete tally.report;
      });
    await tally.report;
    if (failure !== undefined) return { failure };
    return tally.known > limit ? refused : {};
  }

  #tallyOf(subject: string, { start }: CountedMinute): Tally {
    // A request from the previous minute may arrive late. It counts in the current minute.
    if (start.getTime() > this.#minuteStart) {
      this.#minuteStart = start.getTime();
      this.#tallies = new Map();
      this.#isAlone = false;
    }
    const tally = this.#tallies.get(subject) ?? { known: 0, unreported: 0 };
    this.#tallies.set(subject, tally);
    return tally;
  }
}
