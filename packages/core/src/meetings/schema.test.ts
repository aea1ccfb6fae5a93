import { expect, test } from "vitest";
import { CancelMeetingInput, ListMeetingsInput } from "./schema.ts";

test("a span with both ends must end after it starts", () => {
  const [from, to] = ["2027-03-20T09:00:00.000Z", "2027-03-20T09:00:00.001Z"];
  for (const span of [{}, { from }, { to }, { from, to }]) {
    expect(ListMeetingsInput.parse(span)).toEqual({ ...span, limit: 25 });
  }
  for (const span of [
    { from, to: from },
    { from: to, to: from },
  ]) {
    expect(ListMeetingsInput.safeParse(span).error?.issues[0]?.path).toEqual(["to"]);
  }
  // Compared as instants, not as texts.
  expect(
    ListMeetingsInput.safeParse({ from: "2027-03-20T23:00:00+14:00", to: "2027-03-20T10:00:00Z" }).success,
  ).toBe(true);
});

test("trims a reason, and refuses one that is too long", () => {
  expect(CancelMeetingInput.parse({ id: "a", reason: `  ${"x".repeat(2_000)}\r\n` }).reason).toHaveLength(
    2_000,
  );
  for (const wrong of [{ reason: "x".repeat(2_001) }, { reason: null }, { reason: "\u202e" }, { id: "" }]) {
    expect(CancelMeetingInput.safeParse({ id: "a", ...wrong }).success).toBe(false);
  }
});
