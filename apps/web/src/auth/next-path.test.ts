import { expect, test } from "vitest";
import { homePath, nextPath, signInPath } from "./next-path.ts";

test.each(["/calendar", "/find?types=kata&from=2026-11-24", "/meetings/a%20b#when"])(
  "goes on to %s",
  (path) => {
    expect(nextPath(path)).toBe(path);
  },
);

test.each([
  "https://evil.example",
  "//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "\\\\evil.example",
  "javascript:alert(1)",
  "calendar",
  "",
  null,
  undefined,
  ["/calendar", "/find"],
])("never leaves the site for %j", (next) => {
  expect(nextPath(next)).toBe(homePath);
});

test("the way through sign-in keeps the whole path", () => {
  const url = new URL(signInPath("/find?types=kata&types=lesson"), "http://this.site");
  expect(nextPath(url.searchParams.get("next"))).toBe("/find?types=kata&types=lesson");
});
