import { busyTimes, readDays } from "../calendar/busy.ts";
import type { MemberContext } from "../context.ts";
import { batchGet } from "../database/batch-get.ts";
import { Refusal } from "../errors.ts";
import { asUser } from "../users/repository.ts";
import { asAvailability } from "./repository.ts";
import { toAvailability } from "./rules.ts";
import type { Availability, GetAvailabilityInput } from "./schema.ts";

/**
 * A window, whoever posted it and whatever became of it, as far as the actor may see it.
 * @throws Refusal NOT_FOUND
 */
export async function getAvailability(
  ctx: MemberContext,
  input: GetAvailabilityInput,
): Promise<Availability> {
  const { Users, Availabilities } = await batchGet(ctx.database, {
    Users: [{ username: ctx.actor }],
    Availabilities: [{ owner: input.owner, id: input.id }],
  });
  const [viewer, availability] = [Users[0] && asUser(Users[0]), Availabilities[0]];
  if (!viewer) throw new Refusal("NOT_FOUND", "There is no such member.");
  if (!availability) throw new Refusal("NOT_FOUND", "There is no such window.");
  const window = asAvailability(availability);
  const { status, owner, cohorts } = window;
  const mayBook = owner !== ctx.actor && viewer.cohort !== null && cohorts.includes(viewer.cohort);
  if (status !== "SCHEDULED" || !mayBook) return toAvailability(window, viewer);
  const days = await readDays(ctx.database, [owner], window);
  return toAvailability(window, viewer, busyTimes(days, owner, window, window.id));
}
