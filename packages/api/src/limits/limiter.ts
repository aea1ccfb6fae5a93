import { type CountedMinute, localAllowance, minuteAt, secondsLeft } from "./rules.ts";

/** Adds calls to the counter that all processes share, and answers the sum so far. */
export type AddCalls = (subject: string, minute: CountedMinute, calls: number) => Promise<number>;

/** What a process knows of a subject's calls in the present minute. */
interface Tally {
  /** Its own, and what others had reported when it last did. */
  known: number;
  /** Those of its own that the shared counter does not have yet. */
  unreported: number;
  /** A report that is under way. */
  report?: Promise<void>;
}

export interface Verdict {
  /** In how many seconds to come again, where the call is one too many. */
  readonly retryAfterSeconds?: number;
  /** Why the shared counter could not be asked. The call is let through then. */
  readonly failure?: unknown;
}

/**
 * Counts calls by subject and minute, across processes: each keeps a few to itself (see `localAllowance`), and reports them
 * together with the one that goes beyond. No subject gets more through than its limit and one local allowance for each process; one
 * process alone keeps to the limit exactly.
 *
 * When the shared counter cannot be asked, the process counts alone until the minute is over.
 */
export class Limiter {
  #minuteStart = 0;
  #tallies = new Map<string, Tally>();
  #isAlone = false;

  /**
   * @param limit calls in a minute
   * @param add asks the shared counter; without it, the process counts alone
   */
  async count(subject: string, limit: number, now: Date, add?: AddCalls): Promise<Verdict> {
    const minute = minuteAt(now);
    const refused = { retryAfterSeconds: secondsLeft(minute, now) };
    const tally = this.#tallyOf(subject, minute);
    while (tally.report) await tally.report;

    // Once it has been reached, nobody needs to be asked again.
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
    // A request that began before the minute was over may come late: it counts in the next.
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
