import * as z from "zod/mini";
import "../messages.ts";

/** The member's own name, typed as a confirmation. */
export const DeleteUserInput = z.strictObject({
  displayName: z.string().check(z.maxLength(1_000, "This is not your name as your profile shows it")),
});
export type DeleteUserInput = z.infer<typeof DeleteUserInput>;

export const DeletedAccount = z.object({ deletedAt: z.string() });
export type DeletedAccount = z.infer<typeof DeletedAccount>;

export const ExportUserInput = z.strictObject({
  cursor: z.optional(z.string().check(z.maxLength(1_000, "Not a cursor of this list"))),
});
export type ExportUserInput = z.infer<typeof ExportUserInput>;
