import * as z from "zod";
import { Cohort } from "../community/schema.ts";
import { Id, multiLine, singleLine } from "../text.ts";

/** An IANA time zone name that this runtime knows. Bare offsets such as `+01:00` know no clock changes and are refused. */
export const TimeZone = z.string().max(64).refine(isTimeZone, "Not a known time zone");

function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

export const Notifications = z.strictObject({ email: z.boolean() });
export type Notifications = z.infer<typeof Notifications>;

/** What every member may see of a member. */
export const PublicProfile = z.object({
  username: z.string(),
  displayName: z.string(),
  /** null until the member has chosen one: such a member books nothing. */
  cohort: z.string().nullable(),
  /** IANA name; null until known. `UTC` is a zone like any other. */
  timezone: z.string().nullable(),
  bio: z.string(),
  discordUsername: z.string(),
});
export type PublicProfile = z.infer<typeof PublicProfile>;

/** What a member sees of themselves. */
export const OwnProfile = PublicProfile.extend({
  email: z.string(),
  notifications: Notifications,
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type OwnProfile = z.infer<typeof OwnProfile>;

export const GetUserInput = z.strictObject({ username: Id.optional() });
export type GetUserInput = z.infer<typeof GetUserInput>;

export const longestDisplayName = 80;

export const SetUserInput = z.strictObject({
  displayName: singleLine(longestDisplayName).min(1, "Tell others what to call you").optional(),
  cohort: Cohort.optional(),
  timezone: TimeZone.optional(),
  bio: multiLine(2_000).optional(),
  discordUsername: singleLine(80).optional(),
  notifications: Notifications.optional(),
});
export type SetUserInput = z.infer<typeof SetUserInput>;
