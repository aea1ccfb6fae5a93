import { describe, expect, test } from "vitest";
import { changeLimits, defaultLimits } from "./limits.ts";

describe("changed limits", () => {
  test("keep what is not named", () => {
    expect(changeLimits(defaultLimits, '{"book":{"person":3},"stranger":{"address":7}}')).toEqual({
      ...defaultLimits,
      book: { ...defaultLimits.book, person: 3 },
      stranger: { address: 7 },
    });
    expect(changeLimits(defaultLimits, "{}")).toEqual(defaultLimits);
  });

  test.each([
    ["nonsense", "JSON"],
    ["[]", "object"],
    ["null", "object"],
    ['{"booking":{"person":3}}', '"booking" is none of search, book'],
    ['{"book":3}', '"book" must be an object'],
    ['{"book":{"persons":3}}', '"book" has no "persons"'],
    ['{"book":{"person":0}}', "no whole number"],
    ['{"book":{"person":1.5}}', "no whole number"],
    ['{"book":{"person":"3"}}', "no whole number"],
  ])("%s is refused, and it is said why", (changes, words) => {
    expect(() => changeLimits(defaultLimits, changes)).toThrow(words);
  });
});
