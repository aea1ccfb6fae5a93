/** Who sees links and participants. */
import { describe, expect, test } from "vitest";
import {
  ann,
  ben,
  book,
  edit,
  get,
  groupWith,
  meeting,
  post,
  shown,
  step,
  takenBy,
  twoInGroup,
} from "./story.ts";
import { type Explained, type Unexplained, verdict } from "./verdict.ts";

const linked = shown({ link: "https://meet.example.com/1" });
const annLinked = meeting("ann", { link: "https://meet.example.com/1" });

describe("what some order explains", () => {
  test.each<Explained>([
    [
      "a link that only the owner and the participant see",
      [
        post([0, 1], linked),
        get([2, 3], "owner", linked),
        get([2, 3], "ann", shown()),
        book([4, 5], "ann", annLinked),
        get([6, 7], "ann", takenBy("ann")),
        get([6, 7], "ben", { ...takenBy("ann"), participants: [] }),
        step([6, 7], "owner", "meeting.get", { id: ann.id }, annLinked),
      ],
      [takenBy("ann", linked)],
      [annLinked],
    ],
    [
      "participants of a group, shown to members who may book it or have a seat",
      [
        ...twoInGroup,
        get([6, 7], "owner", groupWith(["ann", "ben"])),
        get([6, 7], "zoe", groupWith([])),
        edit([8, 9], groupWith(["ann", "ben"], { cohorts: ["Black"], description: "edited" })),
        get([10, 11], "ann", groupWith(["ann", "ben"], { cohorts: ["Black"], description: "edited" })),
        get([10, 11], "zoe", groupWith(["ann", "ben"], { cohorts: ["Black"], description: "edited" })),
      ],
      [groupWith(["ann", "ben"], { cohorts: ["Black"], description: "edited" })],
      [meeting("ann", { description: "edited" }), meeting("ben", { description: "edited" })],
    ],
  ])("%s", (_, steps, availabilities, meetings) => {
    expect(verdict(steps, availabilities, meetings)).toBe("");
  });
});

describe("what no order explains", () => {
  test.each<Unexplained>([
    [
      "a link that a third member sees",
      "availability.get by ben shows",
      [post([0, 1], linked), get([2, 3], "ben", linked)],
      [linked],
    ],
    [
      "a link that a participant sees on the availability",
      "availability.get by ann shows",
      [post([0, 1], linked), book([2, 3], "ann", annLinked), get([4, 5], "ann", takenBy("ann", linked))],
      [takenBy("ann", linked)],
      [annLinked],
    ],
    [
      "a meeting without its availability's link",
      "shows meeting",
      [post([0, 1], linked), book([2, 3], "ann")],
      [takenBy("ann", linked)],
      [ann],
    ],
    [
      "a participant of a one-to-one availability that a third member sees",
      "availability.get by ben shows",
      [post([0, 1]), book([2, 3], "ann"), get([4, 5], "ben", takenBy("ann"))],
      [takenBy("ann")],
      [ann],
    ],
    [
      "participants of a group, shown to a member who may not book it",
      "availability.get by zoe shows",
      [...twoInGroup, get([6, 7], "zoe", groupWith(["ann", "ben"]))],
      [groupWith(["ann", "ben"])],
      [ann, ben],
    ],
  ])("%s", (_, words, steps, availabilities, meetings) => {
    expect(verdict(steps, availabilities, meetings)).toContain(words);
  });
});
