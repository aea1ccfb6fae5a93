import { expect, test } from "vitest";
import { nextPath, signInPath } from "#auth/next-path.ts";
import { type PageQuery, paths, withQuery } from "./paths.ts";

test.each<[PageQuery, string]>([
  [{}, "/calendar"],
  [{ view: "list", day: "2026-11-24" }, "/calendar?view=list&day=2026-11-24"],
  [{ view: ["list", "week"], day: undefined }, "/calendar?view=list&view=week"],
  [{ day: "" }, "/calendar?day="],
  [{ q: "a&b=c d#e" }, "/calendar?q=a%26b%3Dc+d%23e"],
])("a page keeps its query through the sign-in: %o", (query, address) => {
  expect(withQuery(paths.calendar, query)).toBe(address);
  const signIn = new URL(signInPath(address), "https://kumite.example");
  expect(nextPath(signIn.searchParams.get("next"))).toBe(address);
});
