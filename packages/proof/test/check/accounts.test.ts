/** New names, and members who leave. */
import type { Meeting } from "@kumite/core/meetings/schema";
import { describe, expect, test } from "vitest";
import {
  ann,
  ben,
  book,
  canceled,
  get,
  getRefused,
  list,
  post,
  profile,
  type Step,
  shown,
  step,
  takenBy,
} from "./story.ts";
import { type Explained, type Unexplained, verdict } from "./verdict.ts";

const rename = (time: readonly [number, number], member: string, displayName: string): Step =>
  step(time, member, "user.set", { displayName }, profile(member, displayName));
const leave = (time: readonly [number, number], member: string): Step =>
  step(time, member, "user.delete", { displayName: "" }, { deletedAt: "" });
/** The meeting after a member leaves, with the reason that the other person sees. */
const left = (of: Meeting, canceledBy: string): Meeting => ({
  ...canceled(of, canceledBy),
  cancelReason: "This member has left.",
});

describe("what some order explains", () => {
  test.each<Explained>([
    [
      "a new name, and reads before and after it",
      [
        rename([0, 9], "owner", "New"),
        step([1, 2], "ann", "user.get", { username: "owner" }, profile("owner")),
        step([3, 4], "ann", "user.get", { username: "owner" }, profile("owner", "New")),
      ],
      [],
    ],
    [
      "an owner who leaves, and the end of everything they had",
      [
        post([0, 1]),
        book([2, 3], "ann"),
        leave([4, 5], "owner"),
        getRefused([6, 7], "ben", "NOT_FOUND"),
        step([6, 7], "ben", "user.get", { username: "owner" }, "NOT_FOUND"),
        step([6, 7], "owner", "availability.list", { limit: 100 }, "UNAUTHORIZED"),
        step([6, 7], "ann", "meeting.get", { id: ann.id }, ann),
        step([20, 21], "ann", "meeting.get", { id: ann.id }, left(ann, "owner")),
      ],
      [],
      [left(ann, "owner")],
    ],
    [
      "a participant who leaves, and a booking of their seat",
      [post([0, 1]), book([2, 3], "ann"), leave([4, 5], "ann"), book([20, 21], "ben")],
      [takenBy("ben")],
      [left(ann, "ann"), ben],
    ],
  ])("%s", (_, steps, availabilities, meetings) => {
    expect(verdict(steps, availabilities, meetings)).toBe("");
  });
});

describe("what no order explains", () => {
  test.each<Unexplained>([
    [
      "a stale name in a profile",
      "the name of owner",
      [
        rename([0, 1], "owner", "New"),
        step([2, 3], "ann", "user.get", { username: "owner" }, profile("owner")),
      ],
      [],
    ],
    [
      "an availability that remains after its owner has left",
      "the tables have it",
      [post([0, 1]), leave([2, 3], "owner")],
      [shown()],
    ],
    [
      "a meeting that remains after its participant has left",
      "is left of ann, who has left",
      [post([0, 1]), book([2, 3], "ann"), leave([4, 5], "ann")],
      [takenBy("ann")],
      [ann],
    ],
    [
      "a meeting that is canceled because a member left who has not left",
      "nobody asked to cancel",
      [post([0, 1]), book([2, 3], "ann")],
      [shown()],
      [left(ann, "ann")],
    ],
    [
      "an answer to a member who has left",
      "by owner, who has left, is answered",
      [post([0, 1]), leave([2, 3], "owner"), list([4, 5], [])],
      [],
    ],
    [
      "UNAUTHORIZED for a member who has not left",
      "by ann, who is here, is UNAUTHORIZED",
      [post([0, 1]), getRefused([2, 3], "ann", "UNAUTHORIZED")],
      [shown()],
    ],
    [
      "an availability that is read after its owner has left",
      "reaches owner, who has left",
      [post([0, 1]), leave([2, 3], "owner"), get([4, 5], "ann", shown())],
      [],
    ],
  ])("%s", (_, words, steps, availabilities, meetings) => {
    expect(verdict(steps, availabilities, meetings)).toContain(words);
  });
});
