import type { MemberContext } from "../context/context.ts";
import { AccountClosed } from "../errors.ts";
import { findUser } from "./repository.ts";

/**
 * Checks that the actor's account is not deleted, for calls that do not read the record themselves. An actor without a
 * record passes.
 * @throws AccountClosed
 */
export async function checkAccount(ctx: MemberContext): Promise<void> {
  const user = await findUser(ctx.database, ctx.actor.username);
  if (user?.deletedAt !== undefined) throw new AccountClosed();
}
