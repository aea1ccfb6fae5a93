import type { Availability } from "@kumite/core/availabilities/schema";
import type { Meeting } from "@kumite/core/meetings/schema";
import { describe, expect, test } from "vitest";
import {
  type Answer,
  ann,
  at,
  ben,
  book,
  cancel,
  canceled,
  get,
  meeting,
  post,
  type Step,
  shown,
  step,
} from "./story.ts";
import { type Explained, type Unexplained, verdict } from "./verdict.ts";

/** Two hours for several bookings. */
const several = shown({ endTime: at(12), bookings: "several" });
const first = { startTime: at(10), endTime: at(11) };
const second = { startTime: at(11), endTime: at(12) };
const benSecond = meeting("ben", second);
const severalWith = (
  names: string[],
  taken: Availability["taken"],
  changes: Partial<Availability> = {},
): Availability => ({
  ...several,
  taken,
  participants: names.map((username) => ({ username, displayName: "", cohort: "White" })),
  ...changes,
});
const bookAt = (
  time: readonly [number, number],
  of: Meeting,
  answer: Answer<"availability.book"> = of,
): Step =>
  step(
    time,
    of.participant,
    "availability.book",
    { owner: "owner", id: "window", startTime: of.startTime },
    answer,
  );

describe("what some order explains", () => {
  test.each<Explained>([
    [
      "two bookings of different times in one availability, and a refusal of a taken time",
      [
        post([0, 1], several),
        bookAt([2, 3], ann),
        bookAt([4, 5], meeting("ben"), "ALREADY_BOOKED"),
        get([6, 7], "ben", severalWith([], [first])),
        bookAt([8, 9], benSecond),
        get([10, 11], "owner", severalWith(["ann", "ben"], [first, second], { status: "BOOKED" })),
      ],
      [severalWith(["ann", "ben"], [first, second], { status: "BOOKED" })],
      [ann, benSecond],
    ],
    [
      "a booking without a start when only the first is left",
      [post([0, 1], several), bookAt([2, 3], benSecond), book([4, 5], "ann")],
      [severalWith(["ben", "ann"], [first, second], { status: "BOOKED" })],
      [ann, benSecond],
    ],
    [
      "a time that stays closed when the owner cancels, and one that opens when the participant does",
      [
        post([0, 1], several),
        bookAt([2, 3], ann),
        bookAt([4, 5], benSecond),
        cancel([6, 7], "owner", ann),
        cancel([8, 9], "ben", benSecond),
        get([10, 11], "ann", severalWith([], [first])),
        bookAt([12, 13], ann, "ALREADY_BOOKED"),
      ],
      [severalWith([], [first])],
      [canceled(ann, "owner"), canceled(benSecond, "ben")],
    ],
  ])("%s", (_, steps, availabilities, meetings) => {
    expect(verdict(steps, availabilities, meetings)).toBe("");
  });
});

describe("what no order explains", () => {
  test.each<Unexplained>([
    [
      "a booking of a taken time",
      "books meeting",
      [post([0, 1], several), bookAt([2, 9], ann), bookAt([2, 9], meeting("ben"))],
      [severalWith(["ann", "ben"], [first, first])],
      [ann, meeting("ben")],
    ],
    [
      "a refusal of a free time",
      "ALREADY_BOOKED",
      [post([0, 1], several), bookAt([2, 3], ann), bookAt([4, 5], benSecond, "ALREADY_BOOKED")],
      [severalWith(["ann"], [first])],
      [ann],
    ],
    [
      "a booking of a time that the owner has closed",
      "books meeting ann's",
      [post([0, 1], several), bookAt([2, 3], ben), cancel([4, 5], "owner", ben), bookAt([6, 7], ann)],
      [severalWith(["ann"], [first])],
      [ann, canceled(ben, "owner")],
    ],
    [
      "an availability that does not show a taken time",
      "shows",
      [post([0, 1], several), bookAt([2, 3], ann), get([4, 5], "ben", several)],
      [severalWith(["ann"], [first])],
      [ann],
    ],
  ])("%s", (_, words, steps, availabilities, meetings) => {
    expect(verdict(steps, availabilities, meetings)).toContain(words);
  });
});
