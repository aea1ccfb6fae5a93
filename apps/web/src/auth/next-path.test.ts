import { expect, test } from "vitest";
import { homePath, nextPath, signInPath } from "./next-path.ts";

test.each(["/calendar", "/find?types=kata&from=2026-11-24", "/meetings/a%20b#when"])("accepts %s", (path) => {
  expect(nextPath(path)).toBe(path);
});

test.each([
  "https://evil.example",
  "//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "\t//evil.example",
  "/\n/evil.example",
  "/..//evil.example",
  "/.//evil.example",
  "/calendar/../..//evil.example",
  "/.\\/evil.example",
  "/..\\\\evil.example",
  "///evil.example",
  "https:evil.example",
  "https:/evil.example",
  "%2F%2Fevil.example",
  "%09//evil.example",
  " //evil.example",
  "/\\/\\evil.example",
  "data:text/html,x",
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

test.each([
  "/%2F%2Fevil.example",
  "/%5Cevil.example",
  "/@evil.example",
  "/find?next=//evil.example",
  "/\u0000//evil.example",
])("a path that only looks like a host stays on this site: %j", (next) => {
  const path = nextPath(next);
  expect(new URL(path, "https://kumite.example").origin).toBe("https://kumite.example");
  expect(path).toMatch(/^\/[^/\\]/);
});

test("the sign-in path keeps the whole next path", () => {
  const url = new URL(signInPath("/find?types=kata&types=lesson"), "http://this.site");
  expect(nextPath(url.searchParams.get("next"))).toBe("/find?types=kata&types=lesson");
});
