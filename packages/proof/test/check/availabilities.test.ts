import { describe, expect, test } from "vitest";
import { ann, at, book, edit, post, remove, shown, takenBy } from "./story.ts";
import { type Explained, type Unexplained, verdict } from "./verdict.ts";

describe("what some order explains", () => {
  test.each<Explained>([["an availability that is posted", [post([0, 1])], [shown()]]])(
    "%s",
    (_, steps, availabilities, meetings) => {
      expect(verdict(steps, availabilities, meetings)).toBe("");
    },
  );
});

describe("what no order explains", () => {
  test.each<Unexplained>([
    ["an availability that nobody posted", "nobody posted", [], [shown()]],
    ["an availability that is gone, and nobody deleted it", "does not show it", [post([0, 1])], []],
    [
      "what is not found, though it is there",
      "NOT_FOUND",
      [post([0, 1]), book([2, 3], "ann", "NOT_FOUND")],
      [shown()],
    ],
    [
      "an availability that somebody else deletes",
      "deletes it",
      [post([0, 1]), { ...remove([2, 3]), member: "ann" }],
      [shown()],
    ],
    ["bookings that nobody made", "HAS_BOOKINGS", [post([0, 1]), remove([2, 3], "HAS_BOOKINGS")], [shown()]],
    [
      "an edit that breaks a booked seat",
      "edits it",
      [
        post([0, 1]),
        book([2, 3], "ann"),
        edit([4, 5], takenBy("ann", shown({ startTime: at(12), endTime: at(13), description: "edited" }))),
      ],
      [takenBy("ann", shown({ startTime: at(12), endTime: at(13), description: "edited" }))],
      [ann],
    ],
    [
      "a refusal that the procedure does not have",
      "nothing explains",
      [post([0, 1], shown(), "HAS_BOOKINGS")],
      [],
    ],
  ])("%s", (_, words, steps, availabilities, meetings) => {
    expect(verdict(steps, availabilities, meetings)).toContain(words);
  });
});
