import { describe, expect, test } from "vitest";
import { ann, book, cancel, canceled, meeting, post, shown, takenBy } from "./story.ts";
import { type Explained, type Unexplained, verdict } from "./verdict.ts";

/** Ann books and cancels the availability three times. */
const churned = [1, 2, 3].map((number) => meeting("ann", { id: `ann's ${number}` }));
const threeTimes = [
  post([0, 1]),
  ...churned.flatMap((of, index) => [
    book([10 * index + 2, 10 * index + 3], "ann", of),
    cancel([10 * index + 4, 10 * index + 5], "ann", of),
  ]),
];

describe("what some order explains", () => {
  test.each<Explained>([
    [
      "three bookings that the participant cancels, and a refused fourth",
      [...threeTimes, book([40, 41], "ann", "BOOKED_TOO_OFTEN")],
      [shown()],
      churned.map((of) => canceled(of, "ann")),
    ],
  ])("%s", (_, steps, availabilities, meetings) => {
    expect(verdict(steps, availabilities, meetings)).toBe("");
  });
});

describe("what no order explains", () => {
  test.each<Unexplained>([
    [
      "a fourth booking after three cancelations",
      "books meeting ann's",
      [...threeTimes, book([40, 41], "ann")],
      [takenBy("ann")],
      [...churned.map((of) => canceled(of, "ann")), ann],
    ],
    [
      "a third booking that is refused as too many",
      "BOOKED_TOO_OFTEN",
      [...threeTimes.slice(0, 5), book([40, 41], "ann", "BOOKED_TOO_OFTEN")],
      [shown()],
      churned.slice(0, 2).map((of) => canceled(of, "ann")),
    ],
  ])("%s", (_, words, steps, availabilities, meetings) => {
    expect(verdict(steps, availabilities, meetings)).toContain(words);
  });
});
