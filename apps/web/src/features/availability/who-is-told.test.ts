import { expect, test } from "vitest";
import { whoSeesItCanceled } from "./who-is-told.ts";

test.each([
  [["Ann"], "Ann will see it canceled."],
  [["Ann", "Ben"], "Ann and Ben will see it canceled."],
  [["Ann", "Ben", "Cem"], "3 people will see it canceled: Ann, Ben and Cem."],
  [["Ann", "Ben", "Cem", "Dan"], "4 people will see it canceled: Ann, Ben, Cem and 1 more."],
  [
    Array.from({ length: 100 }, (_, index) => `M${index}`),
    "100 people will see it canceled: M0, M1, M2 and 97 more.",
  ],
])("names a few and counts the rest", (names, words) => {
  expect(whoSeesItCanceled(names)).toBe(words);
});
