import type { UserRecord } from "./repository.ts";
import type { OwnProfile, PublicProfile } from "./schema.ts";

export function publicProfile(user: UserRecord): PublicProfile {
  const { username, displayName, cohort, timezone, bio, discordUsername } = user;
  return { username, displayName, cohort, timezone, bio, discordUsername };
}

export function ownProfile(user: UserRecord): OwnProfile {
  const { email, notifications, createdAt, updatedAt } = user;
  return { ...publicProfile(user), email, notifications, createdAt, updatedAt };
}
