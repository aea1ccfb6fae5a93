import type { Context, MemberContext } from "../context/context.ts";
import { findUser, updateUser } from "../users/repository.ts";
import { checkIsMember, ownProfile } from "../users/rules.ts";
import type { OwnProfile } from "../users/schema.ts";
import { closeAccount } from "./delete-user.ts";
import type { SignIns } from "./sign-ins.ts";

/** What `followSignIn` did. */
export type Followed = "deleted" | "changed" | "unchanged" | "unknown";

/**
 * Updates a member's record from their sign-in: without a sign-in it closes the account, and it copies a verified
 * e-mail address that differs. Idempotent.
 * @throws errors of the user pool
 */
export async function followSignIn(ctx: Context, username: string, signIns: SignIns): Promise<Followed> {
  const user = await findUser(ctx.database, username);
  if (!user || user.deletedAt !== undefined) return "unknown";
  const signIn = await signIns.find(username);
  if (!signIn) {
    await closeAccount(ctx, username);
    return "deleted";
  }
  const { verifiedEmail: email } = signIn;
  if (email === undefined || email === user.email) return "unchanged";
  await updateUser(ctx.database, username, { email, updatedAt: ctx.now.toISOString() });
  return "changed";
}

/**
 * Copies the e-mail address that the actor has verified, in case the user pool's own event has not arrived yet.
 * @throws Refusal NOT_FOUND; AccountClosed, also if the sign-in is gone; Unavailable
 */
export async function refreshEmail(ctx: MemberContext, signIns: SignIns): Promise<OwnProfile> {
  checkIsMember(await findUser(ctx.database, ctx.actor.username));
  await followSignIn(ctx, ctx.actor.username, signIns);
  const user = await findUser(ctx.database, ctx.actor.username);
  checkIsMember(user);
  return ownProfile(user, ctx.actor);
}
