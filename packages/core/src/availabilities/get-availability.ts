import { busyTimes, readDays } from "../agenda/busy.ts";
import type { MemberContext } from "../context/context.ts";
import { batchGet } from "../database/batch-get.ts";
import { Refusal } from "../errors.ts";
import { mayMeet } from "../users/blocks.ts";
import { asUser } from "../users/repository.ts";
import { checkIsMember } from "../users/rules.ts";
import { asAvailability } from "./repository.ts";
import { toAvailability } from "./rules.ts";
import type { Availability, GetAvailabilityInput } from "./schema.ts";

/**
 * Returns an availability of any owner and status, as far as the actor may see it.
 * @throws Refusal NOT_FOUND; AccountClosed
 */
export async function getAvailability(
  ctx: MemberContext,
  input: GetAvailabilityInput,
): Promise<Availability> {
  const { Users, Availabilities } = await batchGet(ctx.database, {
    Users: [...new Set([ctx.actor.username, input.owner])].map((username) => ({ username })),
    Availabilities: [{ owner: input.owner, id: input.id }],
  });
  const users = Users.map(asUser);
  const viewer = users.find(({ username }) => username === ctx.actor.username);
  const host = users.find(({ username }) => username === input.owner);
  const [item] = Availabilities;
  checkIsMember(viewer);
  if (!item || !host || !mayMeet(viewer, host)) throw new Refusal("NOT_FOUND", "There is no such open time.");
  const availability = asAvailability(item);
  const { status, owner, cohorts } = availability;
  const mayBook = owner !== ctx.actor.username && viewer.cohort !== null && cohorts.includes(viewer.cohort);
  if (status !== "SCHEDULED" || !mayBook) return toAvailability(availability, viewer);
  const days = await readDays(ctx.database, [owner], availability);
  return toAvailability(availability, viewer, busyTimes(days, owner, availability, availability.id));
}
