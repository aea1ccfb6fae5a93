import { currentCommunity } from "../community/repository.ts";
import { checkCohort } from "../community/rules.ts";
import type { MemberContext } from "../context/context.ts";
import { Refusal } from "../errors.ts";
import { findUser, updateUser } from "./repository.ts";
import { ownProfile } from "./rules.ts";
import type { OwnProfile, SetUserInput } from "./schema.ts";

/**
 * Changes the given fields of the actor's profile; the rest stays. The table's stream copies a new name or cohort to
 * future availabilities and meetings (follow-ups/).
 * @throws InvalidInput on a cohort that cannot be chosen; Refusal NOT_FOUND if the actor never completed the sign-up
 */
export async function setUser(ctx: MemberContext, input: SetUserInput): Promise<OwnProfile> {
  if (input.cohort !== undefined) await checkNewCohort(ctx, input.cohort);
  const user = await updateUser(ctx.database, ctx.actor.username, {
    ...input,
    updatedAt: ctx.now.toISOString(),
  });
  if (!user) throw new Refusal("NOT_FOUND", "There is no such member.");
  return ownProfile(user, ctx.actor);
}

async function checkNewCohort(ctx: MemberContext, cohort: string): Promise<void> {
  const community = await currentCommunity(ctx);
  const isRetired = community.cohorts.some(({ id, isRetired }) => id === cohort && isRetired);
  // Only for a retired cohort it matters whether the member already has it.
  const user = isRetired ? await findUser(ctx.database, ctx.actor.username) : undefined;
  checkCohort(community, cohort, user?.cohort ?? null);
}
