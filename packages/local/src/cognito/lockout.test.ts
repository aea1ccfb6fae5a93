import { expect, test } from "vitest";
import { Lockout } from "./lockout.ts";

const start = Date.parse("2026-11-22T18:00:00Z");
const at = (seconds: number) => new Date(start + seconds * 1_000);

/** Returns a lockout after that many wrong passwords: each as early as the lock allows, the last one at `start`. */
function failing(times: number): Lockout {
  const lockout = new Lockout();
  const lockAfter = (failed: number) => (failed < 5 ? 0 : Math.min(2 ** (failed - 5), 900));
  const waits = Array.from({ length: times - 1 }, (_, index) => lockAfter(index + 1));
  let seconds = -waits.reduce((sum, wait) => sum + wait, 0);
  for (const wait of [...waits, 0]) {
    expect(lockout.admits("ann", at(seconds))).toBe(true);
    lockout.fail("ann", at(seconds));
    // Tries in between, because 15 minutes without a try would reset the count.
    lockout.admits("ann", at(seconds + wait / 2));
    seconds += wait;
  }
  return lockout;
}

test("four wrong passwords do not lock the user out", () => {
  expect(failing(4).admits("ann", at(0))).toBe(true);
});

test.each([
  [5, 1],
  [6, 2],
  [7, 4],
  [10, 32],
  [14, 512],
])("the lock after %i lasts %i s", (times, seconds) => {
  expect(failing(times).admits("ann", at(seconds - 0.001))).toBe(false);
  expect(failing(times).admits("ann", at(seconds))).toBe(true);
});

test("a lock lasts at most 15 minutes", () => {
  const lockout = failing(20);
  expect(lockout.admits("ann", at(10))).toBe(false);
  expect(lockout.admits("ann", at(899))).toBe(false);
  expect(lockout.admits("ann", at(900))).toBe(true);
});

test("attempts during a lock do not extend it", () => {
  const lockout = failing(5);
  for (let attempt = 0; attempt < 20; attempt++) expect(lockout.admits("ann", at(0.5))).toBe(false);
  expect(lockout.admits("ann", at(1))).toBe(true);
});

test("counts only five of the passwords that are tried at the same time", () => {
  const lockout = new Lockout();
  for (let attempt = 0; attempt < 20; attempt++) lockout.fail("ann", at(0));
  expect(lockout.admits("ann", at(0.999))).toBe(false);
  expect(lockout.admits("ann", at(1))).toBe(true);
});

test("a right password resets the count, and so do 15 minutes without a try", () => {
  const cleared = failing(9);
  cleared.clear("ann");
  cleared.fail("ann", at(20));
  expect(cleared.admits("ann", at(20))).toBe(true);

  const rested = failing(9);
  expect(rested.admits("ann", at(900))).toBe(true);
  rested.fail("ann", at(900));
  expect(rested.admits("ann", at(900))).toBe(true);

  const restless = failing(9);
  expect(restless.admits("ann", at(600))).toBe(true);
  restless.fail("ann", at(1_200));
  expect(restless.admits("ann", at(1_201))).toBe(false);
});

test("other users are not locked out", () => {
  expect(failing(9).admits("bela", at(0))).toBe(true);
});
