import * as z from "zod/mini";
import { isVisible, toVisibleLine } from "../characters.ts";
import { Cohort } from "../community/ids.ts";
import { mixesScripts } from "../scripts.ts";
import { Id, Link, multiLine, singleLine } from "../text.ts";
import { longestDisplayName } from "./limits.ts";

/**
 * An IANA time zone name that this runtime knows. Refuses bare offsets such as `+01:00`, because they have no clock
 * changes, and names that only some engines know in addition to IANA's, because they fail in others.
 */
export const TimeZone = z.string().check(z.refine(isTimeZone, "Not a known time zone"));

// Names that only ICU has, such as `BST` (Bangladesh's time there) and `SystemV/PST8`.
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

/** The part of a profile that every member may see. */
export const PublicProfile = z.object({
  username: z.string(),
  displayName: z.string(),
  /** null until the member has chosen one; until then they cannot book. */
  cohort: z.nullable(z.string()),
  /** IANA name; null until known. `UTC` is a normal zone. */
  timezone: z.nullable(z.string()),
  bio: z.string(),
  discordUsername: z.string(),
  /** The date of the sign-up (UTC). */
  memberSince: z.string(),
});
export type PublicProfile = z.infer<typeof PublicProfile>;

/** A member's own profile. */
export const OwnProfile = z.extend(PublicProfile, {
  /** Whether they may change the community, according to their sign-in. */
  isAdmin: z.boolean(),
  email: z.string(),
  notifications: Notifications,
  /** The meeting link for availabilities without a link; empty if there is none. */
  defaultLink: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type OwnProfile = z.infer<typeof OwnProfile>;

export const GetUserInput = z.strictObject({ username: z.optional(Id) });
export type GetUserInput = z.infer<typeof GetUserInput>;

const tooLong = `At most ${longestDisplayName} characters`;

/** A member's name. Invisible characters are removed; a word that could imitate another is refused. */
export const DisplayName = z.string().check(
  // No real name has so many invisible characters, and checking each one takes time.
  z.maxLength(10 * longestDisplayName, { error: tooLong, abort: true }),
  z.overwrite(toVisibleLine),
  z.maxLength(longestDisplayName, tooLong),
  z.refine(isVisible, "Tell others what to call you"),
  z.refine((name) => name.isWellFormed(), "Contains characters that cannot be shown"),
  z.refine(
    (name) => !mixesScripts(name),
    "Write each word in one alphabet: Latin letters mixed with Cyrillic or Greek ones can imitate another name",
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

/** In order of blocking. */
export const BlockedMembers = z.object({ blocked: z.array(PublicProfile) });
export type BlockedMembers = z.infer<typeof BlockedMembers>;
