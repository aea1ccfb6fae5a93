import type { MemberContext } from "../context.ts";
import { Refusal } from "../errors.ts";
import { findUser } from "./repository.ts";
import { ownProfile, publicProfile } from "./rules.ts";
import type { GetUserInput, OwnProfile, PublicProfile } from "./schema.ts";

/**
 * The actor's own full profile, or the public profile of another member.
 * @throws Refusal NOT_FOUND
 */
export async function getUser(ctx: MemberContext, input: GetUserInput): Promise<OwnProfile | PublicProfile> {
  const username = input.username ?? ctx.actor;
  const user = await findUser(ctx.database, username);
  if (!user) throw new Refusal("NOT_FOUND", "There is no such member.");
  return username === ctx.actor ? ownProfile(user) : publicProfile(user);
}
