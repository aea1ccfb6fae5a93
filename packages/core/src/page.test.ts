import { expect, test } from "vitest";
import { PageInput } from "./page.ts";

test("a page input accepts only the direction that tRPC's clients send", () => {
  expect(PageInput.parse({ direction: "forward" })).toEqual({ direction: "forward", limit: 25 });
  expect(PageInput.safeParse({ direction: "backward" }).success).toBe(false);
});
