/** What searches, calendars and lists show and omit. */
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

/** A span that the availability overlaps only after the edit that makes it longer. */
const afternoon = { from: at(11), to: at(24) };

/** Two members book and cancel, one after the other. */
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
      "a calendar that omits canceled meetings and says so",
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
      "searches that are concurrent with a booking, on either side of it",
      [post([0, 1]), book([2, 9], "ann"), search([3, 4], "ben", [shown()]), search([5, 6], "ben", [])],
      [takenBy("ann")],
      [ann],
    ],
    [
      "calendars and searches that are concurrent with an edit that moves the availability's end into their span",
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
      "calendars that are concurrent with an edit that moves the availability's end out of their span",
      [post([0, 1], longer), edit([2, 9], brief), calendar([3, 4], [], afternoon)],
      [brief],
    ],
    [
      "a calendar that shows the availability as a concurrent edit moves it out of the span",
      [post([0, 1], longer), edit([2, 9], brief), calendar([3, 4], [brief], afternoon)],
      [brief],
    ],
    [
      "calendars and lists without what is outside their span or does not exist yet",
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
      "a search without a free seat",
      "does not show it",
      [post([0, 1]), search([2, 3], "ann", [])],
      [shown()],
    ],
    [
      "a search with a full availability",
      "shows",
      [post([0, 1]), book([2, 3], "ann"), search([4, 5], "ben", [shown()])],
      [takenBy("ann")],
      [ann],
    ],
    [
      "a search with an availability for other cohorts",
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
      "a calendar without an availability that was in its span before and after an edit",
      "calendar.get by owner does not show it",
      [post([0, 1]), edit([2, 9], longer), calendar([3, 4], [])],
      [longer],
    ],
    [
      "a member's list without their availability, during an edit of its end",
      "availability.list by owner does not show it",
      [post([0, 1]), edit([2, 9], longer), list([3, 4], [])],
      [longer],
    ],
    [
      "a list without a meeting, during an edit of its availability's end",
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
      "a calendar with an availability that was in its span only before an edit",
      "calendar.get by owner shows",
      [post([0, 1], longer), edit([2, 3], brief), calendar([4, 5], [brief], afternoon)],
      [brief],
    ],
    [
      "a calendar with another member's availability",
      "calendar.get by ann shows",
      [post([0, 1]), { ...calendar([2, 3], [shown()]), member: "ann" }],
      [shown()],
    ],
    [
      "a list with another member's availability",
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
      "a list with other members' meeting",
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
      "a calendar that omits a canceled meeting and does not say so",
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
      "a calendar that omits all canceled meetings",
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
      "a meeting with its availability's old description",
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
