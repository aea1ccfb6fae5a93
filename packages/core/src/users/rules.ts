import type { UserRecord } from "./repository.ts";
import type { OwnProfile, PublicProfile } from "./schema.ts";

export function publicProfile(user: UserRecord): PublicProfile {
  const { username, displayName, cohort, timezone, bio, discordUsername, createdAt } = user;
  return {
    username,
    displayName,
    cohort,
    timezone,
    bio,
    discordUsername,
    memberSince: createdAt.slice(0, 10),
  };
}

export function ownProfile(user: UserRecord): OwnProfile {
  const { email, notifications, defaultLink, createdAt, updatedAt } = user;
  return { ...publicProfile(user), email, notifications, defaultLink, createdAt, updatedAt };
}
