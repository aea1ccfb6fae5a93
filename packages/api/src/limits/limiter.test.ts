import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { type AddCalls, Limiter } from "./limiter.ts";
import { localAllowance } from "./rules.ts";

const start = new Date("2026-11-22T18:00:00.000Z");
const at = (seconds: number) => new Date(start.getTime() + seconds * 1_000);

/** A shared counter like the table, for the processes of one test. */
function sharedCounter() {
  const sums = new Map<string, number>();
  const add: AddCalls = async (subject, minute, calls) => {
    const key = `${subject}#${minute.start.toISOString()}`;
    const sum = (sums.get(key) ?? 0) + calls;
    sums.set(key, sum);
    return sum;
  };
  return vi.fn(add);
}

const never: AddCalls = () => expect.unreachable("The shared counter was asked");
const passes = async (limiter: Limiter, limit: number, now: Date, add: AddCalls, subject = "ann") =>
  (await limiter.count(subject, limit, now, add)).retryAfterSeconds === undefined;

describe("one process", () => {
  test("lets exactly the limit's calls through in a minute, and again in the next", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 150 }),
        fc.integer({ min: 1, max: 300 }),
        async (limit, calls) => {
          const [limiter, add] = [new Limiter(), sharedCounter()];
          for (const minute of [0, 60, 240]) {
            let passed = 0;
            for (let call = 0; call < calls; call++) {
              if (await passes(limiter, limit, at(minute + (59 * call) / calls), add)) passed += 1;
            }
            expect(passed).toBe(Math.min(calls, limit));
          }
        },
      ),
    );
  });

  test("refuses with the seconds until the minute is over", async () => {
    const [limiter, add] = [new Limiter(), sharedCounter()];
    await limiter.count("ann", 1, at(10), add);
    expect(await limiter.count("ann", 1, at(10), add)).toEqual({ retryAfterSeconds: 50 });
    expect(await limiter.count("ann", 1, at(10.999), add)).toEqual({ retryAfterSeconds: 50 });
    expect(await limiter.count("ann", 1, at(11), add)).toEqual({ retryAfterSeconds: 49 });
    expect(await limiter.count("ann", 1, at(59.999), add)).toEqual({ retryAfterSeconds: 1 });
    expect(await limiter.count("ann", 1, at(60), add)).toEqual({});
  });

  test("asks the shared counter only after a few calls, rarely, and never once the limit is reached", async () => {
    const limiter = new Limiter();
    const limit = 50;
    for (let call = 0; call < localAllowance(limit); call++) {
      expect(await limiter.count("ann", limit, start, never)).toEqual({});
    }
    const add = sharedCounter();
    for (let call = localAllowance(limit); call < limit; call++)
      await limiter.count("ann", limit, start, add);
    expect(add.mock.calls.map(([, , calls]) => calls)).toEqual(Array(8).fill(localAllowance(limit) + 1));
    for (let call = 0; call < 20; call++) expect(await passes(limiter, limit, start, never)).toBe(false);
  });

  test("counts each caller separately", async () => {
    const [limiter, add] = [new Limiter(), sharedCounter()];
    expect(await passes(limiter, 1, start, add, "ann")).toBe(true);
    expect(await passes(limiter, 1, start, add, "ann")).toBe(false);
    expect(await passes(limiter, 1, start, add, "bela")).toBe(true);
  });

  test("does not let an extra call through because it arrives after its minute", async () => {
    const [limiter, add] = [new Limiter(), sharedCounter()];
    expect(await passes(limiter, 1, at(60), add)).toBe(true);
    expect(await passes(limiter, 1, at(59.9), add)).toBe(false);
    expect(await passes(limiter, 1, at(60.1), add)).toBe(false);
  });
});

describe("several processes", () => {
  const situation = fc.record({
    limit: fc.integer({ min: 1, max: 60 }),
    processes: fc.integer({ min: 1, max: 6 }),
    calls: fc.array(fc.nat(5), { minLength: 1, maxLength: 200 }),
  });

  test("let through at most one local allowance each beyond the limit, in any order of answers", async () => {
    await fc.assert(
      fc.asyncProperty(situation, fc.scheduler(), async ({ limit, processes, calls }, scheduler) => {
        const limiters = Array.from({ length: processes }, () => new Limiter());
        const add = scheduler.scheduleFunction(sharedCounter());
        const counted = calls.map((process) =>
          passes(limiters[process % processes] as Limiter, limit, start, add),
        );
        await scheduler.waitFor(Promise.all(counted));
        const passed = (await Promise.all(counted)).filter(Boolean).length;
        expect(passed).toBeLessThanOrEqual(limit + processes * localAllowance(limit));
        // Within the limit, no call is refused. A refused report has been counted anyway.
        expect(passed).toBeGreaterThanOrEqual(Math.min(calls.length, limit) - processes);
        if (calls.length <= limit) expect(passed).toBe(calls.length);
      }),
    );
  });

  test("count each other's calls", async () => {
    const add = sharedCounter();
    const [one, other] = [new Limiter(), new Limiter()];
    for (let call = 0; call < 9; call++) expect(await passes(one, 9, start, add)).toBe(true);
    expect(await passes(other, 9, start, add)).toBe(false);
    expect(await passes(other, 9, at(60), add)).toBe(true);
  });
});

describe("a shared counter that fails", () => {
  test("lets calls through, is reported once, and is not asked again until the minute is over", async () => {
    const limiter = new Limiter();
    const failure = new Error("Throttled");
    const add = vi.fn<AddCalls>().mockRejectedValueOnce(failure);
    expect(await limiter.count("ann", 3, start, add)).toEqual({ failure });
    expect(await limiter.count("ann", 3, start, never)).toEqual({});
    expect(await limiter.count("bela", 3, start, never)).toEqual({});
    add.mockResolvedValueOnce(1);
    expect(await limiter.count("ann", 3, at(60), add)).toEqual({});
    expect(add).toHaveBeenCalledTimes(2);
  });

  test("leaves the process counting alone", async () => {
    const limiter = new Limiter();
    const add: AddCalls = () => Promise.reject(new Error("Throttled"));
    const passed = [];
    for (let call = 0; call < 5; call++) passed.push(await passes(limiter, 3, start, add));
    expect(passed).toEqual([true, true, true, false, false]);
  });
});
