/** Nobody has two meetings at the same time, and search does not offer a busy owner's times. */
import { describe, expect, test } from "vitest";
import { ann, at, book, brief, edit, longer, meeting, post, search, shown, step, takenBy } from "./story.ts";
import { type Explained, type Unexplained, verdict } from "./verdict.ts";

/** The owner has a meeting of ben's at the time of their availability. */
const bens = shown({ id: "bens", owner: "ben", description: "ben's" });
const owners = meeting("owner", {
  id: "owner's",
  availabilityId: "bens",
  owner: "ben",
  description: "ben's",
});
const busyOwner = [
  post([0, 1]),
  post([0, 1], bens),
  step([2, 3], "owner", "availability.book", { owner: "ben", id: "bens" }, owners),
];
const ownersTime = { startTime: owners.startTime, endTime: owners.endTime };

describe("what some order explains", () => {
  test.each<Explained>([
    [
      "an owner who is busy, whose availability search does not offer and who cannot post",
      [
        ...busyOwner.slice(1),
        post([4, 5], shown(), "OWNER_BUSY"),
        post([6, 7], shown({ endTime: at(12), durationMinutes: 30 })),
        search([8, 9], "ann", [shown({ endTime: at(12), durationMinutes: 30, ownerBusy: [ownersTime] })]),
        edit([10, 11], shown(), "OWNER_BUSY"),
      ],
      [shown({ endTime: at(12), durationMinutes: 30, ownerBusy: [ownersTime] }), takenBy("owner", bens)],
      [owners],
    ],
    [
      "an edit that keeps the times although the owner is busy",
      [...busyOwner, edit([4, 5], brief)],
      [{ ...brief, ownerBusy: [ownersTime] }, takenBy("owner", bens)],
      [owners],
    ],
  ])("%s", (_, steps, availabilities, meetings) => {
    expect(verdict(steps, availabilities, meetings)).toBe("");
  });
});

describe("what no order explains", () => {
  const other = shown({ id: "other", owner: "ben", startTime: at(10), endTime: at(11) });
  const annAtOther = meeting("ann", { id: "ann's other", availabilityId: "other", owner: "ben" });

  test.each<Unexplained>([
    [
      "a member with two meetings at the same time",
      "member ann: no order explains",
      [post([0, 1]), post([2, 3], other), book([4, 9], "ann"), book([4, 9], "ann", annAtOther, other)],
      [takenBy("ann"), takenBy("ann", other)],
      [ann, annAtOther],
    ],
    [
      "OVERLAPS_MEETING without a meeting",
      "OVERLAPS_MEETING",
      [post([0, 1]), book([2, 3], "ann", "OVERLAPS_MEETING")],
      [shown()],
    ],
    [
      "OWNER_BUSY without a meeting",
      "OWNER_BUSY",
      [post([0, 1]), book([2, 3], "ann", "OWNER_BUSY")],
      [shown()],
    ],
    [
      "OWNER_BUSY before the owner has a meeting",
      "OWNER_BUSY",
      [
        post([0, 1]),
        post([2, 3], shown({ id: "second", description: "second" })),
        book([4, 5], "ann", "OWNER_BUSY"),
        book(
          [6, 7],
          "ben",
          meeting("ben", { availabilityId: "second", description: "second" }),
          shown({ id: "second" }),
        ),
      ],
      [shown(), takenBy("ben", shown({ id: "second", description: "second" }))],
      [meeting("ben", { availabilityId: "second", description: "second" })],
    ],
    [
      "an offered availability that hides its owner's busy time",
      "shows the owner of availability window as busy: free",
      [...busyOwner, search([4, 5], "ann", [shown()])],
      [shown({ description: "posted", ownerBusy: [ownersTime] }), takenBy("owner", bens)],
      [owners],
    ],
    [
      "an offered availability whose owner is shown as busy all the time",
      "whose owner is busy all the time",
      [...busyOwner, search([4, 5], "ann", [shown({ ownerBusy: [ownersTime] })])],
      [shown(), takenBy("owner", bens)],
      [owners],
    ],
    [
      "an availability that is posted over its owner's meeting",
      "finds a start beside their meetings",
      [...busyOwner.slice(1), post([4, 5])],
      [shown(), takenBy("owner", bens)],
      [owners],
    ],
    [
      "an availability that is moved over its owner's meeting",
      "edits it",
      [
        post([0, 1], shown({ startTime: at(12), endTime: at(13) })),
        ...busyOwner.slice(1),
        edit([4, 5], brief),
      ],
      [brief, takenBy("owner", bens)],
      [owners],
    ],
    [
      "an edit that keeps the times and is refused because the owner is busy",
      "OWNER_BUSY",
      [...busyOwner, edit([4, 5], brief, "OWNER_BUSY")],
      [shown(), takenBy("owner", bens)],
      [owners],
    ],
    [
      "OWNER_BUSY for a posting without a meeting",
      "finds no start beside their meetings",
      [post([0, 1], shown(), "OWNER_BUSY")],
      [],
    ],
    [
      "OWNER_BUSY for an edit without a meeting",
      "OWNER_BUSY",
      [post([0, 1]), edit([2, 3], longer, "OWNER_BUSY")],
      [shown()],
    ],
  ])("%s", (_, words, steps, availabilities, meetings) => {
    expect(verdict(steps, availabilities, meetings)).toContain(words);
  });
});
