import { describe, expect, test } from "vitest";
import { isVisible, plainLatin, toVisibleLine } from "./characters.ts";
import { mixesScripts } from "./scripts.ts";

describe("plain Latin texts, which skip the large patterns", () => {
  const characters = Array.from({ length: 0x3_00 }, (_, code) => String.fromCharCode(code)).filter(
    (character) => plainLatin.test(character),
  );

  test("include the letters of most names", () => {
    expect(characters.length).toBeGreaterThan(400);
    expect(plainLatin.test("Zoë O'Brien-Łukasz")).toBe(true);
    expect(plainLatin.test("soft\u00ADhyphen")).toBe(false);
    expect(plainLatin.test("Аnna")).toBe(false);
  });

  test.each([
    ["an emoji beside them, which needs the patterns", "🥋"],
    ["nothing beside them", ""],
  ])("keep every character with %s", (_, beside) => {
    for (const character of characters) {
      expect(toVisibleLine(`a${character}b${beside}`)).toBe(`a${character}b${beside}`);
    }
  });

  test.each([
    ["a Greek word beside them, which needs the patterns", " Ω"],
    ["nothing beside them", ""],
  ])("mix no scripts with %s", (_, beside) => {
    for (const character of characters) expect(mixesScripts(`a${character}b${beside}`)).toBe(false);
  });

  test("are visible unless they are blank", () => {
    expect(isVisible(" ")).toBe(false);
    expect(isVisible("")).toBe(false);
    expect(isVisible("é")).toBe(true);
    expect(isVisible("!")).toBe(true);
  });
});
