import type { MemberContext } from "../context/context.ts";
import { batchGet } from "../database/batch-get.ts";
import { Refusal } from "../errors.ts";
import { asUser } from "./repository.ts";
import { checkIsMember, ownProfile, publicProfile } from "./rules.ts";
import type { GetUserInput, OwnProfile, PublicProfile } from "./schema.ts";

/**
 * Returns the actor's own full profile, or the public profile of another member.
 * @throws Refusal NOT_FOUND; AccountClosed
 */
export async function getUser(ctx: MemberContext, input: GetUserInput): Promise<OwnProfile | PublicProfile> {
  const username = input.username ?? ctx.actor.username;
  const { Users } = await batchGet(ctx.database, {
    Users: [...new Set([ctx.actor.username, username])].map((name) => ({ username: name })),
  });
  const users = Users.map(asUser);
  const find = (name: string) => users.find((user) => user.username === name);
  const actor = find(ctx.actor.username);
  if (actor || username === ctx.actor.username) checkIsMember(actor);
  const user = find(username);
  if (user && user === actor) return ownProfile(user, ctx.actor);
  if (!user || user.deletedAt !== undefined) throw new Refusal("NOT_FOUND", "There is no such member.");
  return publicProfile(user);
}
