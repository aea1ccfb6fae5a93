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

/** @param actor the same user, with their signed-in role */
export function ownProfile(user: UserRecord, actor: MemberActor): OwnProfile {
  const { email, notifications, defaultLink, createdAt, updatedAt } = user;
  const isAdmin = actor.kind === "admin";
  return { ...publicProfile(user), isAdmin, email, notifications, defaultLink, createdAt, updatedAt };
}

/**
 * Requires that the actor has a record.
 * @throws AccountClosed if they have deleted their account; Refusal NOT_FOUND if they never completed the sign-up
 */
export function checkIsMember(user: UserRecord | undefined): asserts user is UserRecord {
  if (!user) throw new Refusal("NOT_FOUND", "There is no such member.");
  if (user.deletedAt !== undefined) throw new AccountClosed();
}
