import * as z from "zod/mini";
import { Availability } from "../availabilities/output-schema.ts";
import { Meeting } from "../meetings/output-schema.ts";
import "../messages.ts";
import { OwnProfile, PublicProfile } from "../users/schema.ts";

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

/** What is stored about a member. The calendar comes in pages: `cursor` is present exactly if there is more. */
export const UserExport = z.object({
  exportedAt: z.string(),
  profile: OwnProfile,
  /** The members that this member has blocked. */
  blocked: z.array(PublicProfile),
  availabilities: z.array(Availability),
  /** Scheduled and canceled ones, as owner and as participant. */
  meetings: z.array(Meeting),
  cursor: z.optional(z.string()),
});
export type UserExport = z.infer<typeof UserExport>;
