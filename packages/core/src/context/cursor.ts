import { createHmac, timingSafeEqual } from "node:crypto";
import { InvalidInput } from "../errors.ts";
import type { MemberContext } from "./context.ts";

/** What a cursor is valid for: one list with one set of filters. The page size may change between pages. */
export type CursorScope = readonly [list: string, ...filters: (string | readonly string[] | undefined)[]];

/**
 * Makes a cursor: the position where the next page starts, signed for this member and this query.
 * @param position the sort key of the last returned item
 */
export function sealCursor(ctx: MemberContext, scope: CursorScope, position: string): string {
  const payload = Buffer.from(position).toString("base64url");
  return `${payload}.${signature(ctx, scope, payload).toString("base64url")}`;
}

/**
 * Returns the position in a cursor that `sealCursor` made for the same member and query; undefined without a cursor.
 * @throws InvalidInput on any other text
 */
export function openCursor(
  ctx: MemberContext,
  scope: CursorScope,
  cursor: string | undefined,
): string | undefined {
  if (cursor === undefined) return undefined;
  const [payload = "", mac = ""] = cursor.split(".");
  const expected = signature(ctx, scope, payload);
  const given = Buffer.from(mac, "base64url");
  // Also compares the whole text, because other spellings decode from base64url to the same bytes.
  const canonical = `${payload}.${expected.toString("base64url")}` === cursor;
  if (given.length !== expected.length || !timingSafeEqual(given, expected) || !canonical) {
    throw new InvalidInput({ cursor: ["Not a cursor of this list"] });
  }
  return Buffer.from(payload, "base64url").toString();
}

function signature(ctx: MemberContext, scope: CursorScope, payload: string): Buffer {
  return createHmac("sha256", ctx.cursorKey)
    .update(JSON.stringify([ctx.actor.username, scope, payload]))
    .digest()
    .subarray(0, 16);
}
