import * as z from "zod/mini";
import "./messages.ts";

/** The input fields that page a list. */
export const PageInput = z.strictObject({
  cursor: z.optional(z.string().check(z.maxLength(1_000, "Not a cursor of this list"))),
  /** Sent by tRPC’s own clients when they page. Paging backward is not supported. */
  direction: z.optional(z.literal("forward")),
  limit: z._default(
    z.int("A whole number").check(z.minimum(1, "At least 1"), z.maximum(100, "At most 100")),
    25,
  ),
});

/** The schema of a page of a list; `cursor` is present exactly if there is more. */
export function pageOf<Item extends z.ZodMiniType>(item: Item) {
  return z.object({ items: z.array(item), cursor: z.optional(z.string()) });
}

export interface Page<Item> {
  items: Item[];
  cursor?: string;
}
