import { describe, expect, test } from "vitest";
import { ann, at, book, edit, post, remove, shown, takenBy } from "./story.ts";
import { type Explained, type Unexplained, verdict } from "./verdict.ts";

describe("what some order explains", () => {
  test.each<Explained>([["a posted availability", [post([0, 1])], [shown()]]])(
    "%s",
    (_, steps, availabilities, meetings) => {
      expect(verdict(steps, availabilities, meetings)).toBe("");
    },
  );
});

describe("what no order explains", () => {
  test.each<Unexplained>([
    ["an availability that nobody posted", "nobody posted", [], [shown()]],
    ["an availability that is gone but was not deleted", "does not show it", [post([0, 1])], []],
    [
      "NOT_FOUND for an availability that exists",
      "NOT_FOUND",
      [post([0, 1]), book([2, 3], "ann", "NOT_FOUND")],
      [shown()],
    ],
    [
      "a deletion by a member who is not the owner",
      "deletes it",
      [post([0, 1]), { ...remove([2, 3]), member: "ann" }],
      [shown()],
    ],
    [
      "HAS_BOOKINGS without a booking",
      "HAS_BOOKINGS",
      [post([0, 1]), remove([2, 3], "HAS_BOOKINGS")],
      [shown()],
    ],
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
      "a refusal that the procedure never gives",
      "nothing explains",
      [post([0, 1], shown(), "HAS_BOOKINGS")],
      [],
    ],
  ])("%s", (_, words, steps, availabilities, meetings) => {
    expect(verdict(steps, availabilities, meetings)).toContain(words);
  });
});
