import { describe, expect, test } from "vitest";
import {
  ann,
  ben,
  book,
  bothWithdrawn,
  canceled,
  edit,
  get,
  group,
  groupWith,
  lost,
  meeting,
  post,
  remove,
  shown,
  twoInGroup,
  withdraw,
} from "./story.ts";
import { crowd, type Explained, type Unexplained, verdict } from "./verdict.ts";

const largeOnly = { maxParticipants: 24 };
const large = shown(largeOnly);

describe("what some order explains", () => {
  test.each<Explained>([
    [
      "each moment of a withdrawal, and a booking that comes too late",
      [
        ...twoInGroup,
        withdraw([6, 20], group),
        get([7, 8], "ann", groupWith(["ann", "ben"])),
        get([9, 10], "ann", groupWith(["ben"], { status: "CANCELED" })),
        book([11, 12], "zoe", "ALREADY_BOOKED"),
        get([13, 14], "ann", groupWith([], { status: "CANCELED" })),
        book([21, 22], "ann", "ALREADY_BOOKED"),
      ],
      [groupWith([], { status: "CANCELED" })],
      bothWithdrawn,
    ],
    [
      "an interrupted withdrawal that another one finishes",
      [
        ...twoInGroup,
        withdraw([6, 7], group, lost),
        get([8, 9], "ann", groupWith(["ben"], { status: "CANCELED" })),
        withdraw([10, 11], group),
      ],
      [groupWith([], { status: "CANCELED" })],
      bothWithdrawn,
    ],
    [
      "two concurrent withdrawals of a large group, seen while some seats are left",
      [
        post([0, 1], large),
        ...crowd.map((name, index) => book([2 + index, 2.5 + index], name, meeting(name), large)),
        withdraw([50, 60], large, lost),
        withdraw([50, 60], large),
        get([51, 60], "owner", { ...groupWith(crowd.slice(0, 5), { status: "CANCELED" }), ...largeOnly }),
      ],
      [{ ...large, status: "CANCELED" }],
      crowd.map((name) => canceled(meeting(name), "owner")),
    ],
    [
      "an interrupted withdrawal that an edit finishes, which reopens the availability",
      [...twoInGroup, withdraw([6, 7], group, lost), edit([8, 9], groupWith([], { description: "edited" }))],
      [groupWith([], { description: "edited" })],
      bothWithdrawn,
    ],
    [
      "a withdrawal that is concurrent with the availability's deletion",
      [post([0, 1]), withdraw([2, 9]), remove([3, 4])],
      [],
    ],
  ])("%s", (_, steps, availabilities, meetings) => {
    expect(verdict(steps, availabilities, meetings)).toBe("");
  });
});

describe("what no order explains", () => {
  test.each<Unexplained>([
    [
      "a withdrawal that leaves a meeting",
      "availability.withdraw by owner shows",
      [...twoInGroup, withdraw([6, 7], group)],
      [groupWith(["ben"], { status: "CANCELED" })],
      [canceled(ann, "owner"), ben],
    ],
    [
      "a withdrawal whose answer has a meeting left",
      "availability.withdraw by owner shows",
      [...twoInGroup, withdraw([6, 7], group, groupWith(["ben"], { status: "CANCELED" }))],
      [groupWith([], { status: "CANCELED" })],
      bothWithdrawn,
    ],
    [
      "a meeting that is left after the withdrawal was answered",
      "availability.get by ann shows",
      [
        ...twoInGroup,
        withdraw([6, 7], group),
        get([8, 9], "ann", groupWith(["ben"], { status: "CANCELED" })),
      ],
      [groupWith([], { status: "CANCELED" })],
      bothWithdrawn,
    ],
    [
      "a withdrawal that cancels a meeting while the availability is open",
      "availability.get by ann shows",
      [...twoInGroup, withdraw([6, 20], group), get([7, 8], "ann", groupWith(["ben"]))],
      [groupWith([], { status: "CANCELED" })],
      bothWithdrawn,
    ],
    [
      "a booking after a withdrawal",
      "books meeting",
      [post([0, 1], group), withdraw([2, 3], group), book([4, 5], "ann")],
      [groupWith(["ann"], { status: "CANCELED" })],
      [ann],
    ],
    [
      "a withdrawal of an availability that does not exist",
      "finds it to withdraw it",
      [post([0, 1]), remove([2, 3]), withdraw([4, 5])],
      [],
    ],
    [
      "a withdrawal by a member who is not the owner",
      "withdraws it",
      [post([0, 1]), { ...withdraw([2, 3]), member: "ann" }],
      [shown({ status: "CANCELED" })],
    ],
  ])("%s", (_, words, steps, availabilities, meetings) => {
    expect(verdict(steps, availabilities, meetings)).toContain(words);
  });
});
