import { toVisibleLine } from "../characters.ts";
import type { Context, MemberContext } from "../context/context.ts";
import { InvalidInput } from "../errors.ts";
import { closeUser, findUser } from "../users/repository.ts";
import { checkIsMember } from "../users/rules.ts";
import type { DeletedAccount, DeleteUserInput } from "./schema.ts";
import type { SignIns } from "./sign-ins.ts";

/**
 * Closes the actor's account. When it returns, the profile and availabilities are no longer found and the actor's
 * tokens are refused. `finishDeletion` later erases what others see of the actor, and removes the sign-in again.
 * @throws InvalidInput if the name is not the actor's; Refusal NOT_FOUND; AccountClosed
 */
export async function deleteUser(
  ctx: MemberContext,
  input: DeleteUserInput,
  signIns: SignIns,
): Promise<DeletedAccount> {
  const user = await findUser(ctx.database, ctx.actor.username);
  checkIsMember(user);
  if (toVisibleLine(input.displayName) !== toVisibleLine(user.displayName)) {
    throw new InvalidInput({ displayName: ["This is not your name as your profile shows it"] });
  }
  await closeAccount(ctx, ctx.actor.username);
  // The follow-up also removes the sign-in, so a failure here does not matter to the member.
  await signIns.remove(ctx.actor.username).catch(() => undefined);
  return { deletedAt: ctx.now.toISOString() };
}

/**
 * Closes an account: its record becomes a tombstone without personal data, which triggers the follow-up. Idempotent;
 * does nothing if there is no such account.
 */
export async function closeAccount(ctx: Context, username: string): Promise<void> {
  await closeUser(ctx.database, username, ctx.now);
}
