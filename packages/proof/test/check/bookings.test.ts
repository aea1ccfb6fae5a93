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
      "a refusal beside the booking that won",
      [post([0, 1]), book([2, 9], "ann"), book([3, 4], "ben", "ALREADY_BOOKED")],
      [takenBy("ann")],
      [ann],
    ],
    [
      "a refusal beside the cancelation that came too late for it",
      [post([0, 1]), book([2, 3], "ann"), cancel([4, 9], "ann", ann), book([5, 6], "ben", "ALREADY_BOOKED")],
      [shown()],
      [canceled(ann, "ann")],
    ],
    [
      "a seat that is booked again once it is free",
      [post([0, 1]), book([2, 3], "ann"), cancel([4, 9], "ann", ann), book([5, 6], "ben")],
      [takenBy("ben")],
      [canceled(ann, "ann"), ben],
    ],
    [
      "an availability that its owner's cancelation has withdrawn",
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
      "a refusal after an edit that lets the cohort in no more",
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
      "a refusal after the cancelation was answered",
      "ALREADY_BOOKED",
      [post([0, 1]), book([2, 3], "ann"), cancel([4, 5], "ann", ann), book([6, 7], "ben", "ALREADY_BOOKED")],
      [shown()],
      [canceled(ann, "ann")],
    ],
    [
      "a refusal because of a booking that was lost and never made",
      "ALREADY_BOOKED",
      [post([0, 1]), book([2, 3], "ann", lost), book([4, 5], "ben", "ALREADY_BOOKED")],
      [shown()],
    ],
    [
      "two in one seat",
      "books meeting",
      [post([0, 1]), book([2, 9], "ann"), book([2, 9], "ben")],
      [takenBy("ann")],
      [ann, ben],
    ],
    [
      "a booking that is not there",
      "acknowledged and is not there",
      [post([0, 1]), book([2, 3], "ann")],
      [shown()],
    ],
    [
      "a booking of somebody else's",
      "answered another",
      [post([0, 1]), book([2, 3], "ann", ben), book([4, 5], "ben")],
      [takenBy("ben")],
      [ben],
    ],
    [
      "a cancelation that does not hold",
      "does not hold",
      [post([0, 1]), book([2, 3], "ann"), cancel([4, 5], "ann", ann)],
      [takenBy("ann")],
      [ann],
    ],
    ["a meeting that nobody asked for", "nobody asked for", [post([0, 1])], [takenBy("ann")], [ann]],
    [
      "a cancelation that nobody asked for",
      "nobody asked to cancel",
      [post([0, 1]), book([2, 3], "ann")],
      [shown()],
      [canceled(ann, "ann")],
    ],
    [
      "a cohort that is let in",
      "COHORT_NOT_ALLOWED",
      [post([0, 1]), book([2, 3], "ann", "COHORT_NOT_ALLOWED")],
      [shown()],
    ],
    [
      "a cohort that is not let in",
      "books meeting",
      [post([0, 1]), book([2, 3], "zoe")],
      [takenBy("zoe")],
      [meeting("zoe")],
    ],
    [
      "a canceled meeting that nobody canceled before",
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
