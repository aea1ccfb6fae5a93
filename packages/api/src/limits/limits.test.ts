import { describe, expect, test } from "vitest";
import { changeLimits, defaultLimits } from "./limits.ts";

test("by default every kind of call has limits, for an address ten times those for a person", () => {
  const { anonymous, ...members } = defaultLimits;
  expect(Object.keys(members)).toEqual(["search", "book", "change", "read"]);
  for (const { person, address } of Object.values(members)) {
    expect(person).toBeGreaterThan(0);
    expect(address).toBe(10 * Number(person));
  }
  expect(anonymous).toEqual({ address: 300 });
});

describe("changed limits", () => {
  test("keep the limits that are not named", () => {
    expect(changeLimits(defaultLimits, '{"book":{"person":3},"anonymous":{"address":7}}')).toEqual({
      ...defaultLimits,
      book: { ...defaultLimits.book, person: 3 },
      anonymous: { address: 7 },
    });
    expect(changeLimits(defaultLimits, "{}")).toEqual(defaultLimits);
    expect(changeLimits(defaultLimits, '{"book":{"person":1}}').book.person).toBe(1);
  });

  test.each([
    ["nonsense", "JSON"],
    ["[]", "The limits must be an object"],
    ["null", "The limits must be an object"],
    ['{"booking":{"person":3}}', '"booking" is not one of search, book'],
    ['{"book":3}', '"book" must be an object'],
    ['{"book":{"persons":3}}', '"book" has no "persons"'],
    ['{"book":{"person":0}}', "must be a whole number"],
    ['{"book":{"person":1.5}}', "must be a whole number"],
    ['{"book":{"person":"3"}}', "must be a whole number"],
  ])("refuses %s with a reason", (changes, words) => {
    expect(() => changeLimits(defaultLimits, changes)).toThrow(words);
  });
});
