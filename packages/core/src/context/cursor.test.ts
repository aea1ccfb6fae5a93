import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Database } from "../database/database.ts";
import { InvalidInput } from "../errors.ts";
import { memberActor } from "./actor.ts";
import type { MemberContext } from "./context.ts";
import { type CursorScope, openCursor, sealCursor } from "./cursor.ts";

const ctx: MemberContext = {
  actor: memberActor("anna"),
  cursorKey: "a secret",
  now: new Date(0),
  database: {} as Database,
};
const scope = ["meeting.list", "2026-11-22T18:00:00.000Z", undefined] as const;
const position = "meeting#2026-11-22T18:00:00.000Z#5a1c";

function expectRefused(by: MemberContext, of: CursorScope, cursor: string): void {
  let refusal: unknown;
  try {
    openCursor(by, of, cursor);
  } catch (error) {
    refusal = error;
  }
  expect(refusal).toBeInstanceOf(InvalidInput);
  expect(refusal).toMatchObject({ fieldErrors: { cursor: [expect.any(String)] } });
}

test("opening a cursor returns its position", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      expect(openCursor(ctx, scope, sealCursor(ctx, scope, text))).toBe(text);
    }),
  );
});

test("a cursor is signed with 128 bits", () => {
  const [, mac = ""] = sealCursor(ctx, scope, position).split(".");
  expect(Buffer.from(mac, "base64url")).toHaveLength(16);
});

test("without a cursor there is no position", () => {
  expect(openCursor(ctx, scope, undefined)).toBeUndefined();
});

test("refuses a cursor with a changed, missing or added character", () => {
  const cursor = sealCursor(ctx, scope, position);
  const others = [...cursor].flatMap((character, index) => {
    const [before, after] = [cursor.slice(0, index), cursor.slice(index + 1)];
    return ["A", "B", "_", "=", ".", " ", "é", ""]
      .filter((other) => other !== character)
      .map((other) => before + other + after);
  });
  for (const other of others) expectRefused(ctx, scope, other);
  for (const added of ["A", "=", ".", " ", ".A"]) {
    expectRefused(ctx, scope, cursor + added);
    expectRefused(ctx, scope, added + cursor);
  }
});

test.each(["", ".", "..", "a.b", "null", "\0", "💥", "x".repeat(1_000)])("refuses %j", (text) => {
  expectRefused(ctx, scope, text);
});

test("refuses any text that was not sealed here", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => expectRefused(ctx, scope, text)));
});

describe("a cursor belongs to", () => {
  const cursor = sealCursor(ctx, scope, position);

  test("its member", () => {
    expectRefused({ ...ctx, actor: memberActor("bela") }, scope, cursor);
  });

  test("its deployment", () => {
    expectRefused({ ...ctx, cursorKey: "another secret" }, scope, cursor);
  });

  test.each<CursorScope>([
    ["availability.list", scope[1], scope[2]],
    ["meeting.list", undefined, scope[1]],
    ["meeting.list", "2026-11-22T18:00:00.001Z", undefined],
    ["meeting.list", scope[1], scope[1]],
    ["meeting.list", scope[1]],
    ["meeting.list", [scope[1]], undefined],
  ])("its query: not %j", (...other) => {
    expectRefused(ctx, other as unknown as CursorScope, cursor);
  });
});
