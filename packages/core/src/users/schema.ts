import * as z from "zod/mini";
import { isVisible, toVisibleLine } from "../characters.ts";
import { Cohort } from "../community/ids.ts";
import { mixesScripts } from "../scripts.ts";
import { Id, Link, multiLine, singleLine } from "../text.ts";
import { longestDisplayName } from "./limits.ts";

/**
 * An IANA time zone name that this runtime knows. Bare offsets such as `+01:00` know no clock changes and are refused;
 * so are the names that some engines know beside IANA's, because in others each use of them fails.
 */
export const TimeZone = z.string().check(z.refine(isTimeZone, "Not a known time zone"));

// ICU's own: `BST`, which is Bangladesh's time there, and its like; `SystemV/PST8`.
const ianaShortNames = /^(CET|EET|EST|GMT|HST|MET|MST|PRC|ROC|ROK|UCT|UTC|WET)$/i;
const foreignNames = /^([A-Z]{3}$|SystemV\/)/i;

function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name) || name.length > 64) return false;
  if (foreignNames.test(name) && !ianaShortNames.test(name)) return false;
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
  cohort: z.nullable(z.string()),
  /** IANA name; null until known. `UTC` is a zone like any other. */
  timezone: z.nullable(z.string()),
  bio: z.string(),
  discordUsername: z.string(),
  /** A date (UTC). */
  memberSince: z.string(),
});
export type PublicProfile = z.infer<typeof PublicProfile>;

/** What a member sees of themselves. */
export const OwnProfile = z.extend(PublicProfile, {
  /** Whether they may change the community, as their sign-in has it. */
  isAdmin: z.boolean(),
  email: z.string(),
  notifications: Notifications,
  /** The meeting link of availabilities that have none of their own; empty where there is none. */
  defaultLink: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type OwnProfile = z.infer<typeof OwnProfile>;

export const GetUserInput = z.strictObject({ username: z.optional(Id) });
export type GetUserInput = z.infer<typeof GetUserInput>;

const tooLong = `At most ${longestDisplayName} characters`;

/** What a member is called. What cannot be seen is taken out; a word that could pass for another one is refused. */
export const DisplayName = z.string().check(
  // Nobody types so many that cannot be seen, and looking at each one takes its time.
  z.maxLength(10 * longestDisplayName, { error: tooLong, abort: true }),
  z.overwrite(toVisibleLine),
  z.maxLength(longestDisplayName, tooLong),
  z.refine(isVisible, "Tell others what to call you"),
  z.refine((name) => name.isWellFormed(), "Contains characters that cannot be shown"),
  z.refine(
    (name) => !mixesScripts(name),
    "Write each word in one alphabet: Latin letters beside Cyrillic or Greek ones can pass for another name",
  ),
);

export const SetUserInput = z.strictObject({
  displayName: z.optional(DisplayName),
  cohort: z.optional(Cohort),
  timezone: z.optional(TimeZone),
  bio: z.optional(multiLine(2_000)),
  discordUsername: z.optional(singleLine(80)),
  notifications: z.optional(Notifications),
  defaultLink: z.optional(Link),
});
export type SetUserInput = z.infer<typeof SetUserInput>;

export const BlockUserInput = z.strictObject({ username: Id });
export type BlockUserInput = z.infer<typeof BlockUserInput>;

/** In the order in which they were blocked. */
export const BlockedMembers = z.object({ blocked: z.array(PublicProfile) });
export type BlockedMembers = z.infer<typeof BlockedMembers>;
