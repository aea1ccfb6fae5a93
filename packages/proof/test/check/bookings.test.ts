import { describe, expect, test } from "vitest";
import { ann, ben, book, cancel, canceled, edit, lost, meeting, post, shown, takenBy } from "./story.ts";
import { type Explained, type Unexplained, verdict } from "./verdict.ts";

describe("what some order explains", () => {
  test.each<Explained>([
    ["a booking", [post([0, 1]), book([2, 3], "ann")], [takenBy("ann")], [ann]],
    [
      "the same booking twice",
      [post([0, 1]), book([2, 3], "ann"), book([4, 5], "ann")],
      [takenBy("ann")],
      [ann],
    ],
    [
      "a refusal that is concurrent with the booking that won",
      [post([0, 1]), book([2, 9], "ann"), book([3, 4], "ben", "ALREADY_BOOKED")],
      [takenBy("ann")],
      [ann],
    ],
    [
      "a refusal that is concurrent with a later cancelation",
      [post([0, 1]), book([2, 3], "ann"), cancel([4, 9], "ann", ann), book([5, 6], "ben", "ALREADY_BOOKED")],
      [shown()],
      [canceled(ann, "ann")],
    ],
    [
      "a booking of a seat that is concurrent with its cancelation",
      [post([0, 1]), book([2, 3], "ann"), cancel([4, 9], "ann", ann), book([5, 6], "ben")],
      [takenBy("ben")],
      [canceled(ann, "ann"), ben],
    ],
    [
      "an availability that is withdrawn because its owner canceled",
      [
        post([0, 1]),
        book([2, 3], "ann"),
        cancel([4, 5], "owner", ann),
        book([6, 7], "ben", "ALREADY_BOOKED"),
      ],
      [shown({ status: "CANCELED" })],
      [canceled(ann, "owner")],
    ],
    [
      "a refusal that is concurrent with an edit that excludes the cohort",
      [
        post([0, 1]),
        edit([2, 9], shown({ cohorts: ["Black"], description: "edited" })),
        book([3, 4], "ann", "COHORT_NOT_ALLOWED"),
      ],
      [shown({ cohorts: ["Black"], description: "edited" })],
    ],
  ])("%s", (_, steps, availabilities, meetings) => {
    expect(verdict(steps, availabilities, meetings)).toBe("");
  });
});

describe("what no order explains", () => {
  test.each<Unexplained>([
    [
      "a refusal while the seat was free",
      "ALREADY_BOOKED",
      [post([0, 1]), book([2, 3], "ben", "ALREADY_BOOKED")],
      [shown()],
    ],
    [
      "a refusal before the booking was asked for",
      "ALREADY_BOOKED",
      [post([0, 1]), book([2, 3], "ben", "ALREADY_BOOKED"), book([4, 5], "ann")],
      [takenBy("ann")],
      [ann],
    ],
    [
      "a refusal after the answer to the cancelation",
      "ALREADY_BOOKED",
      [post([0, 1]), book([2, 3], "ann"), cancel([4, 5], "ann", ann), book([6, 7], "ben", "ALREADY_BOOKED")],
      [shown()],
      [canceled(ann, "ann")],
    ],
    [
      "a refusal because of a booking whose answer was lost and that never happened",
      "ALREADY_BOOKED",
      [post([0, 1]), book([2, 3], "ann", lost), book([4, 5], "ben", "ALREADY_BOOKED")],
      [shown()],
    ],
    [
      "two members in one seat",
      "books meeting",
      [post([0, 1]), book([2, 9], "ann"), book([2, 9], "ben")],
      [takenBy("ann")],
      [ann, ben],
    ],
    [
      "an acknowledged booking that is not stored",
      "acknowledged and is not there",
      [post([0, 1]), book([2, 3], "ann")],
      [shown()],
    ],
    [
      "a booking that is answered with another member's meeting",
      "answered another",
      [post([0, 1]), book([2, 3], "ann", ben), book([4, 5], "ben")],
      [takenBy("ben")],
      [ben],
    ],
    [
      "an acknowledged cancelation that is not stored",
      "does not hold",
      [post([0, 1]), book([2, 3], "ann"), cancel([4, 5], "ann", ann)],
      [takenBy("ann")],
      [ann],
    ],
    ["a meeting that nobody booked", "nobody asked for", [post([0, 1])], [takenBy("ann")], [ann]],
    [
      "a cancelation that nobody requested",
      "nobody asked to cancel",
      [post([0, 1]), book([2, 3], "ann")],
      [shown()],
      [canceled(ann, "ann")],
    ],
    [
      "a refusal of an allowed cohort",
      "COHORT_NOT_ALLOWED",
      [post([0, 1]), book([2, 3], "ann", "COHORT_NOT_ALLOWED")],
      [shown()],
    ],
    [
      "a booking by a cohort that is not allowed",
      "books meeting",
      [post([0, 1]), book([2, 3], "zoe")],
      [takenBy("zoe")],
      [meeting("zoe")],
    ],
    [
      "ALREADY_CANCELED before the first cancelation",
      "ALREADY_CANCELED",
      [
        post([0, 1]),
        book([2, 3], "ann"),
        cancel([4, 5], "owner", ann, "ALREADY_CANCELED"),
        cancel([6, 7], "ann", ann),
      ],
      [shown()],
      [canceled(ann, "ann")],
    ],
  ])("%s", (_, words, steps, availabilities, meetings) => {
    expect(verdict(steps, availabilities, meetings)).toContain(words);
  });
});
