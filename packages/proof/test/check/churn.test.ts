import { describe, expect, test } from "vitest";
import { ann, book, cancel, canceled, meeting, post, shown, takenBy } from "./story.ts";
import { type Explained, type Unexplained, verdict } from "./verdict.ts";

/** Three times ann books and cancels the availability. */
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
      "three bookings that their participant cancels, and no fourth",
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
      "a fourth booking by somebody who has canceled three",
      "books meeting ann's",
      [...threeTimes, book([40, 41], "ann")],
      [takenBy("ann")],
      [...churned.map((of) => canceled(of, "ann")), ann],
    ],
    [
      "a third booking that is refused as one too many",
      "BOOKED_TOO_OFTEN",
      [...threeTimes.slice(0, 5), book([40, 41], "ann", "BOOKED_TOO_OFTEN")],
      [shown()],
      churned.slice(0, 2).map((of) => canceled(of, "ann")),
    ],
  ])("%s", (_, words, steps, availabilities, meetings) => {
    expect(verdict(steps, availabilities, meetings)).toContain(words);
  });
});
