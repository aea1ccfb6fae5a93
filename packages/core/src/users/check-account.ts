import type { MemberContext } from "../context/context.ts";
import { AccountClosed } from "../errors.ts";
import { findUser } from "./repository.ts";

/**
 * Reads the actor's record for calls that do not do so themselves. One who has no record yet may pass.
 * @throws AccountClosed
 */
export async function checkAccount(ctx: MemberContext): Promise<void> {
  const user = await findUser(ctx.database, ctx.actor.username);
  if (user?.deletedAt !== undefined) throw new AccountClosed();
}
