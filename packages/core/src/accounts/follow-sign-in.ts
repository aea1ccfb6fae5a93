import type { Context, MemberContext } from "../context/context.ts";
import { findUser, updateUser } from "../users/repository.ts";
import { checkIsMember, ownProfile } from "../users/rules.ts";
import type { OwnProfile } from "../users/schema.ts";
import { closeAccount } from "./delete-user.ts";
import type { SignIns } from "./sign-ins.ts";

/** What became of a member after a look at their sign-in. */
export type Followed = "deleted" | "changed" | "unchanged" | "unknown";

/**
 * Brings a member's record to what their sign-in is: without a sign-in the account is closed, and a verified e-mail address
 * that differs is taken over. Repeating it changes nothing.
 * @throws whatever the user pool answers
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
 * Takes over the e-mail address that the actor has verified, where the user pool's own word has not arrived yet.
 * @throws Refusal NOT_FOUND; AccountClosed, also where the sign-in is gone; Unavailable
 */
export async function refreshEmail(ctx: MemberContext, signIns: SignIns): Promise<OwnProfile> {
  checkIsMember(await findUser(ctx.database, ctx.actor.username));
  await followSignIn(ctx, ctx.actor.username, signIns);
  const user = await findUser(ctx.database, ctx.actor.username);
  checkIsMember(user);
  return ownProfile(user, ctx.actor);
}
