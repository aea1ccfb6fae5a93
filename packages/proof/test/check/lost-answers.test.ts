import { describe, expect, test } from "vitest";
import {
  ann,
  ben,
  book,
  cancel,
  canceled,
  edit,
  lost,
  post,
  remove,
  search,
  shown,
  takenBy,
} from "./story.ts";
import { type Explained, verdict } from "./verdict.ts";

describe("what a lost answer explains", () => {
  test.each<Explained>([
    ["a booking that took effect", [post([0, 1]), book([2, 3], "ann", lost)], [takenBy("ann")], [ann]],
    ["a booking that did not", [post([0, 1]), book([2, 3], "ann", lost)], [shown()]],
    [
      "a refusal long after a booking that took effect",
      [post([0, 1]), book([2, 3], "ann", lost), book([50, 51], "ben", "ALREADY_BOOKED")],
      [takenBy("ann")],
      [ann],
    ],
    ["a posting that took effect", [post([0, 1], shown(), lost)], [shown()]],
    [
      "a deletion that took effect",
      [post([0, 1]), remove([2, 3], lost), book([4, 5], "ann", "NOT_FOUND")],
      [],
    ],
    [
      "a cancelation that took effect",
      [post([0, 1]), book([2, 3], "ann"), cancel([4, 5], "ann", ann, lost), book([6, 7], "ben")],
      [takenBy("ben")],
      [canceled(ann, "ann"), ben],
    ],
    [
      "an edit that took effect",
      [
        post([0, 1]),
        edit([2, 3], shown({ description: "edited" }), lost),
        search([4, 5], "ann", [shown({ description: "edited" })]),
      ],
      [shown({ description: "edited" })],
    ],
  ])("%s", (_, steps, availabilities, meetings) => {
    expect(verdict(steps, availabilities, meetings)).toBe("");
  });
});

test("a defect is a violation, whether the call took effect or not", () => {
  const defect = { kind: "unknown", why: "INTERNAL_SERVER_ERROR" } as const;
  const failed = { ...book([2, 3], "ann", lost), outcome: defect };
  expect(verdict([post([0, 1]), failed], [shown()])).toContain("answers INTERNAL_SERVER_ERROR");
});
