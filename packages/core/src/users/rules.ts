import type { MemberActor } from "../context/actor.ts";
import { AccountClosed, Refusal } from "../errors.ts";
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

/** @param actor the user, as they have signed in */
export function ownProfile(user: UserRecord, actor: MemberActor): OwnProfile {
  const { email, notifications, defaultLink, createdAt, updatedAt } = user;
  const isAdmin = actor.kind === "admin";
  return { ...publicProfile(user), isAdmin, email, notifications, defaultLink, createdAt, updatedAt };
}

/**
 * Requires the actor's own record.
 * @throws AccountClosed where they have deleted their account; Refusal NOT_FOUND where their sign-up was never completed
 */
export function checkIsMember(user: UserRecord | undefined): asserts user is UserRecord {
  if (!user) throw new Refusal("NOT_FOUND", "There is no such member.");
  if (user.deletedAt !== undefined) throw new AccountClosed();
}
