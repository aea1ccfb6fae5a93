import { ConditionalCheckFailedException, TransactionConflictException } from "@aws-sdk/client-dynamodb";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Unavailable } from "../errors.ts";
import { ConflictError, conditionalWrite, retryOnConflict } from "./transact.ts";

beforeEach(() => {
  vi.useFakeTimers();
  // As if the process had been running for a while.
  vi.advanceTimersByTime(60_000);
});
afterEach(() => {
  vi.useRealTimers();
});

/** The outcome of a call, after all waits in between. */
async function settled<Result>(call: Promise<Result>): Promise<Result | Error> {
  const end = call.catch((error: Error) => error);
  await vi.runAllTimersAsync();
  return end;
}

/** The details of an error in the SDK's form. */
const details = { message: "", $metadata: {} };
const lost = () => new ConflictError(new Map(), { outcomeUnknown: true, cause: new Error("No answer") });

describe("a conflict", () => {
  test("has a known outcome by default", () => {
    expect(new ConflictError().outcomeUnknown).toBe(false);
    expect(lost().outcomeUnknown).toBe(true);
  });

  test("names the failed items, as far as they are known", () => {
    expect(new ConflictError()).toMatchObject({
      name: "ConflictError",
      message: "Conflict on another transaction",
    });
    const failed = new Map([
      ["window", {}],
      ["day", undefined],
    ]);
    expect(new ConflictError(failed).message).toBe("Conflict on window, day");
  });
});

describe("a conditional write", () => {
  test("returns the result of the write", async () => {
    expect(await settled(conditionalWrite(() => Promise.resolve("Done")))).toBe("Done");
  });

  test("returns undefined if its condition fails", async () => {
    const write = vi.fn().mockRejectedValue(new ConditionalCheckFailedException(details));
    expect(await settled(conditionalWrite(write))).toBeUndefined();
    expect(write).toHaveBeenCalledTimes(1);
  });

  test("waits for a transaction that has locked its item", async () => {
    const write = vi.fn().mockRejectedValueOnce(new TransactionConflictException(details));
    write.mockRejectedValueOnce(new TransactionConflictException(details)).mockResolvedValueOnce("Done");
    expect(await settled(conditionalWrite(write))).toBe("Done");
    expect(write).toHaveBeenCalledTimes(3);
  });

  test("throws every other error at once", async () => {
    const failure = new Error("A defect");
    const write = vi.fn().mockRejectedValue(failure);
    expect(await settled(conditionalWrite(write))).toBe(failure);
    expect(write).toHaveBeenCalledTimes(1);
  });
});

describe("an attempt with a conflict", () => {
  test("is made at most 21 times, within seconds", async () => {
    const [attempt, last] = [vi.fn(), new ConflictError()];
    attempt.mockRejectedValue(last);
    const began = performance.now();
    const error = await settled(retryOnConflict(attempt));
    expect(error).toBeInstanceOf(Unavailable);
    expect(error).toMatchObject({ message: "Too many changes at once", cause: last });
    expect(attempt.mock.calls).toEqual(Array(21).fill([false]));
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  test("is repeated until there is no conflict", async () => {
    const attempt = vi.fn().mockRejectedValueOnce(new ConflictError()).mockResolvedValueOnce("Done");
    expect(await settled(retryOnConflict(attempt))).toBe("Done");
    expect(attempt).toHaveBeenCalledTimes(2);
  });

  test("is not repeated after any other error", async () => {
    const failure = new Error("A defect");
    const attempt = vi.fn().mockRejectedValue(failure);
    expect(await settled(retryOnConflict(attempt))).toBe(failure);
    expect(attempt).toHaveBeenCalledTimes(1);
  });
});

describe("an attempt without an answer", () => {
  test("is repeated once, and knows that the first may have succeeded", async () => {
    const attempt = vi.fn().mockRejectedValueOnce(lost()).mockResolvedValueOnce("Done");
    expect(await settled(retryOnConflict(attempt))).toBe("Done");
    expect(attempt.mock.calls).toEqual([[false], [true]]);
  });

  test("twice is given up with the cause", async () => {
    const [attempt, last] = [vi.fn(), lost()];
    attempt.mockRejectedValueOnce(lost()).mockRejectedValue(last);
    const error = await settled(retryOnConflict(attempt));
    expect(error).toBeInstanceOf(Unavailable);
    expect(error).toMatchObject({ message: "No answer came", cause: last });
    expect(attempt.mock.calls).toEqual([[false], [true]]);
  });

  test("and then with a conflict is repeated as after any conflict", async () => {
    const attempt = vi.fn().mockRejectedValueOnce(lost());
    attempt.mockRejectedValueOnce(new ConflictError()).mockRejectedValueOnce(new ConflictError());
    attempt.mockResolvedValueOnce("Done");
    expect(await settled(retryOnConflict(attempt))).toBe("Done");
    expect(attempt.mock.calls).toEqual([[false], [true], [true], [true]]);
  });

  test.each([
    [7_999, 2],
    [8_000, 1],
  ])("for %d ms is made %d times in total", async (milliseconds, times) => {
    const attempt = vi.fn(async () => {
      if (attempt.mock.calls.length > 1) return "Done";
      await vi.advanceTimersByTimeAsync(milliseconds);
      throw lost();
    });
    const answered = await settled(retryOnConflict(attempt));
    expect(attempt).toHaveBeenCalledTimes(times);
    if (times === 2) expect(answered).toBe("Done");
    else expect(answered).toBeInstanceOf(Unavailable);
  });
});
