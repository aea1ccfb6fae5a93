import { describe, expect, test } from "vitest";
import {
  ann,
  ben,
  book,
  get,
  getRefused,
  post,
  profile,
  type Step,
  search,
  shown,
  step,
  takenBy,
} from "./story.ts";
import { type Explained, type Unexplained, verdict } from "./verdict.ts";

const block = (time: readonly [number, number], member: string, username: string): Step =>
  step(time, member, "user.block", { username }, { blocked: [profile(username)] });
const unblock = (time: readonly [number, number], member: string, username: string): Step =>
  step(time, member, "user.unblock", { username }, { blocked: [] });

describe("what some order explains", () => {
  test.each<Explained>([
    [
      "a block, during which neither member finds, reads or books",
      [
        post([0, 1]),
        block([2, 3], "owner", "ann"),
        getRefused([4, 5], "ann", "NOT_FOUND"),
        search([4, 5], "ann", []),
        book([4, 5], "ann", "NOT_FOUND"),
        get([4, 5], "ben", shown()),
        unblock([6, 7], "owner", "ann"),
        book([8, 9], "ann"),
      ],
      [takenBy("ann")],
      [ann],
    ],
    [
      "looks that are concurrent with a block, on either side of it",
      [
        post([0, 1]),
        block([2, 9], "ann", "owner"),
        get([3, 4], "ann", shown()),
        getRefused([5, 6], "ann", "NOT_FOUND"),
        unblock([10, 11], "ann", "owner"),
      ],
      [shown()],
    ],
  ])("%s", (_, steps, availabilities, meetings) => {
    expect(verdict(steps, availabilities, meetings)).toBe("");
  });
});

describe("what no order explains", () => {
  test.each<Unexplained>([
    [
      "an availability that is read despite a block",
      "reaches an availability of owner",
      [
        post([0, 1]),
        block([2, 3], "ann", "owner"),
        get([4, 5], "ann", shown()),
        unblock([6, 7], "ann", "owner"),
      ],
      [shown()],
    ],
    [
      "an availability that a search shows despite a block",
      "reaches an availability of owner",
      [
        post([0, 1]),
        block([2, 3], "owner", "ann"),
        search([4, 5], "ann", [shown()]),
        unblock([6, 7], "owner", "ann"),
      ],
      [shown()],
    ],
    [
      "a booking despite a block",
      "reaches an availability of owner",
      [post([0, 1]), block([2, 3], "owner", "ann"), book([4, 5], "ann"), unblock([6, 7], "owner", "ann")],
      [takenBy("ann")],
      [ann],
    ],
    [
      "a refusal that reveals an availability despite a block",
      "reaches an availability of owner",
      [
        post([0, 1]),
        book([2, 3], "ben"),
        block([4, 5], "owner", "ann"),
        book([6, 7], "ann", "ALREADY_BOOKED"),
        unblock([8, 9], "owner", "ann"),
      ],
      [takenBy("ben")],
      [ben],
    ],
    [
      "an availability that is not found after the block has ended",
      "NOT_FOUND",
      [
        post([0, 1]),
        block([2, 3], "owner", "ann"),
        unblock([4, 5], "owner", "ann"),
        getRefused([6, 7], "ann", "NOT_FOUND"),
      ],
      [shown()],
    ],
    [
      "an availability that a block hides from a third member",
      "NOT_FOUND",
      [
        post([0, 1]),
        block([2, 3], "owner", "ann"),
        getRefused([4, 5], "ben", "NOT_FOUND"),
        unblock([6, 7], "owner", "ann"),
      ],
      [shown()],
    ],
  ])("%s", (_, words, steps, availabilities, meetings) => {
    expect(verdict(steps, availabilities, meetings)).toContain(words);
  });
});
