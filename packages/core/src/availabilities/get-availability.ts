import { busyTimes, readDays } from "../calendar/busy.ts";
import type { MemberContext } from "../context.ts";
import { batchGet } from "../database/batch-get.ts";
import { Refusal } from "../errors.ts";
import { mayMeet } from "../users/blocks.ts";
import { asUser } from "../users/repository.ts";
import { checkIsMember } from "../users/rules.ts";
import { asAvailability } from "./repository.ts";
import { toAvailability } from "./rules.ts";
import type { Availability, GetAvailabilityInput } from "./schema.ts";

/**
 * A window, whoever posted it and whatever became of it, as far as the actor may see it.
 * @throws Refusal NOT_FOUND; AccountClosed
 */
export async function getAvailability(
  ctx: MemberContext,
  input: GetAvailabilityInput,
): Promise<Availability> {
  const { Users, Availabilities } = await batchGet(ctx.database, {
    Users: [...new Set([ctx.actor, input.owner])].map((username) => ({ username })),
    Availabilities: [{ owner: input.owner, id: input.id }],
  });
  const users = Users.map(asUser);
  const viewer = users.find(({ username }) => username === ctx.actor);
  const host = users.find(({ username }) => username === input.owner);
  const [availability] = Availabilities;
  checkIsMember(viewer);
  if (!availability || !host || !mayMeet(viewer, host))
    throw new Refusal("NOT_FOUND", "There is no such window.");
  const window = asAvailability(availability);
  const { status, owner, cohorts } = window;
  const mayBook = owner !== ctx.actor && viewer.cohort !== null && cohorts.includes(viewer.cohort);
  if (status !== "SCHEDULED" || !mayBook) return toAvailability(window, viewer);
  const days = await readDays(ctx.database, [owner], window);
  return toAvailability(window, viewer, busyTimes(days, owner, window, window.id));
}
