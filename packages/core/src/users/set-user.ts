import type { MemberContext } from "../context/context.ts";
import { Refusal } from "../errors.ts";
import { updateUser } from "./repository.ts";
import { ownProfile } from "./rules.ts";
import type { OwnProfile, SetUserInput } from "./schema.ts";

/**
 * Changes the given fields of the actor's profile; the rest stays. A new name or cohort follows into what lies ahead by
 * the stream of the table (follow-ups/).
 * @throws Refusal NOT_FOUND for somebody whose sign-up was never completed
 */
export async function setUser(ctx: MemberContext, input: SetUserInput): Promise<OwnProfile> {
  const user = await updateUser(ctx.database, ctx.actor.username, {
    ...input,
    updatedAt: ctx.now.toISOString(),
  });
  if (!user) throw new Refusal("NOT_FOUND", "There is no such member.");
  return ownProfile(user);
}
