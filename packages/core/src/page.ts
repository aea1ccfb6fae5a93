import * as z from "zod/mini";
import "./messages.ts";

/** The part of a list's input that pages it. */
export const PageInput = z.strictObject({
  cursor: z.optional(z.string().check(z.maxLength(1_000, "Not a cursor of this list"))),
  /** What tRPC’s own clients send along when they page. There is no way back. */
  direction: z.optional(z.literal("forward")),
  limit: z._default(
    z.int("A whole number").check(z.minimum(1, "At least 1"), z.maximum(100, "At most 100")),
    25,
  ),
});

/** A page of a list; `cursor` is there exactly when there is more. */
export function pageOf<Item extends z.ZodMiniType>(item: Item) {
  return z.object({ items: z.array(item), cursor: z.optional(z.string()) });
}

export interface Page<Item> {
  items: Item[];
  cursor?: string;
}
