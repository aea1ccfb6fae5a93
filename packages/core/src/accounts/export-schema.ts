// Apart from the other schemas, so that a router need not load it to start.
import * as z from "zod/mini";
import { Availability } from "../availabilities/output-schema.ts";
import { Meeting } from "../meetings/output-schema.ts";
import { OwnProfile, PublicProfile } from "../users/schema.ts";

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
