import * as z from "zod";

/** The part of a list's input that pages it. */
export const PageInput = z.strictObject({
  cursor: z.string().max(1_000).optional(),
  limit: z.int().min(1).max(100).default(25),
});

/** A page of a list; `cursor` is there exactly when there is more. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), cursor: z.string().optional() });
}

export interface Page<Item> {
  items: Item[];
  cursor?: string;
}
