/** What searches, calendars and lists show and leave out. */
import { describe, expect, test } from "vitest";
import {
  ann,
  at,
  ben,
  book,
  brief,
  calendar,
  cancel,
  canceled,
  day,
  edit,
  list,
  longer,
  meeting,
  post,
  search,
  shown,
  step,
  takenBy,
} from "./story.ts";
import { type Explained, type Unexplained, verdict } from "./verdict.ts";

/** A span into which the availability reaches only once it is longer. */
const afternoon = { from: at(11), to: at(24) };

/** Two who book and cancel, one after the other. */
const bothCanceled = [
  post([0, 1]),
  book([2, 3], "ann"),
  cancel([4, 5], "ann", ann),
  book([6, 7], "ben"),
  cancel([8, 9], "ben", ben),
];

describe("what some order explains", () => {
  test.each<Explained>([
    [
      "a calendar that leaves out canceled meetings, and says so",
      [
        ...bothCanceled,
        step([10, 11], "owner", "calendar.get", day, {
          availabilities: [shown()],
          meetings: [canceled(ben, "ben")],
          canceledLeftOut: 1,
        }),
      ],
      [shown()],
      [canceled(ann, "ann"), canceled(ben, "ben")],
    ],
    [
      "a search beside a booking, before it and after it",
      [post([0, 1]), book([2, 9], "ann"), search([3, 4], "ben", [shown()]), search([5, 6], "ben", [])],
      [takenBy("ann")],
      [ann],
    ],
    [
      "a calendar and a search beside an edit that moves the availability's end into their span, before it and after it",
      [
        post([0, 1]),
        edit([2, 9], longer),
        calendar([3, 4], [], afternoon),
        search([3, 4], "ann", [], afternoon),
        calendar([5, 6], [longer], afternoon),
        search([5, 6], "ann", [longer], afternoon),
      ],
      [longer],
    ],
    [
      "a calendar beside an edit that moves the availability's end out of its span",
      [post([0, 1], longer), edit([2, 9], brief), calendar([3, 4], [], afternoon)],
      [brief],
    ],
    [
      "a calendar that shows the availability as it is once an edit has moved it out of the span",
      [post([0, 1], longer), edit([2, 9], brief), calendar([3, 4], [brief], afternoon)],
      [brief],
    ],
    [
      "a calendar and lists without what is outside their span, or not there yet",
      [
        calendar([0, 1], []),
        list([0, 1], []),
        post([2, 3]),
        book([4, 5], "ann"),
        calendar([6, 7], [], afternoon),
        step([6, 7], "ann", "meeting.list", { ...afternoon, limit: 100 }, { items: [] }),
      ],
      [takenBy("ann")],
      [ann],
    ],
  ])("%s", (_, steps, availabilities, meetings) => {
    expect(verdict(steps, availabilities, meetings)).toBe("");
  });
});

describe("what no order explains", () => {
  test.each<Unexplained>([
    [
      "a free seat that a search does not find",
      "does not show it",
      [post([0, 1]), search([2, 3], "ann", [])],
      [shown()],
    ],
    [
      "a full availability that a search finds",
      "shows",
      [post([0, 1]), book([2, 3], "ann"), search([4, 5], "ben", [shown()])],
      [takenBy("ann")],
      [ann],
    ],
    [
      "an availability that a search shows to a wrong cohort",
      "shows",
      [post([0, 1]), search([2, 3], "zoe", [shown()])],
      [shown()],
    ],
    [
      "a calendar without an availability whose end has moved into its span",
      "calendar.get by owner does not show it",
      [post([0, 1]), edit([2, 3], longer), calendar([4, 5], [], afternoon)],
      [longer],
    ],
    [
      "a calendar without an availability that has been in its span before and after an edit",
      "calendar.get by owner does not show it",
      [post([0, 1]), edit([2, 9], longer), calendar([3, 4], [])],
      [longer],
    ],
    [
      "a list of one's own without an availability, whatever an edit makes of its end",
      "availability.list by owner does not show it",
      [post([0, 1]), edit([2, 9], longer), list([3, 4], [])],
      [longer],
    ],
    [
      "a list of meetings without one, whatever an edit makes of its availability's end",
      "meeting.list by ann does not show meeting",
      [
        post([0, 1]),
        book([2, 3], "ann"),
        edit([4, 9], takenBy("ann", longer)),
        step([5, 6], "ann", "meeting.list", { limit: 100 }, { items: [] }),
      ],
      [takenBy("ann", longer)],
      [meeting("ann", { description: "edited" })],
    ],
    [
      "a calendar with an availability that was never in its span",
      "calendar.get by owner shows",
      [post([0, 1]), calendar([2, 3], [shown()], afternoon)],
      [shown()],
    ],
    [
      "a calendar with an availability that was in its span before an edit alone",
      "calendar.get by owner shows",
      [post([0, 1], longer), edit([2, 3], brief), calendar([4, 5], [brief], afternoon)],
      [brief],
    ],
    [
      "a calendar with another's availability",
      "calendar.get by ann shows",
      [post([0, 1]), { ...calendar([2, 3], [shown()]), member: "ann" }],
      [shown()],
    ],
    [
      "a list with another's availability",
      "availability.list by ann shows",
      [post([0, 1]), { ...list([2, 3], [shown()]), member: "ann" }],
      [shown()],
    ],
    [
      "a calendar with a meeting outside its span",
      "calendar.get by owner shows meeting",
      [post([0, 1]), book([2, 3], "ann"), calendar([4, 5], [], afternoon, [ann])],
      [takenBy("ann")],
      [ann],
    ],
    [
      "a list with others' meeting",
      "meeting.list by ben shows meeting",
      [
        post([0, 1]),
        book([2, 3], "ann"),
        step([4, 5], "ben", "meeting.list", { limit: 100 }, { items: [ann] }),
      ],
      [takenBy("ann")],
      [ann],
    ],
    [
      "a calendar without a meeting",
      "does not show meeting",
      [
        post([0, 1]),
        book([2, 3], "ann"),
        step([4, 5], "ann", "calendar.get", day, { availabilities: [], meetings: [] }),
      ],
      [takenBy("ann")],
      [ann],
    ],
    [
      "a calendar that leaves out a canceled meeting, and does not say so",
      "does not show meeting ann's",
      [
        ...bothCanceled,
        step([10, 11], "owner", "calendar.get", day, {
          availabilities: [shown()],
          meetings: [canceled(ben, "ben")],
          canceledLeftOut: 0,
        }),
      ],
      [shown()],
      [canceled(ann, "ann"), canceled(ben, "ben")],
    ],
    [
      "a calendar that leaves out canceled meetings, and shows none",
      "does not show meeting",
      [
        ...bothCanceled,
        step([10, 11], "owner", "calendar.get", day, {
          availabilities: [shown()],
          meetings: [],
          canceledLeftOut: 2,
        }),
      ],
      [shown()],
      [canceled(ann, "ann"), canceled(ben, "ben")],
    ],
    [
      "a meeting that does not follow its availability's description",
      "shows meeting",
      [
        post([0, 1]),
        book([2, 3], "ann"),
        edit([4, 5], takenBy("ann", shown({ description: "edited" }))),
        step([6, 7], "ann", "meeting.get", { id: ann.id }, ann),
      ],
      [takenBy("ann", shown({ description: "edited" }))],
      [ann],
    ],
  ])("%s", (_, words, steps, availabilities, meetings) => {
    expect(verdict(steps, availabilities, meetings)).toContain(words);
  });
});
