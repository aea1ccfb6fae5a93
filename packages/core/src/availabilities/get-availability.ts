import type { MemberContext } from "../context.ts";
import { Refusal } from "../errors.ts";
import { findAvailability } from "./repository.ts";
import { toAvailability } from "./rules.ts";
import type { Availability, GetAvailabilityInput } from "./schema.ts";

/**
 * A window, whoever posted it and whatever became of it.
 * @throws Refusal NOT_FOUND
 */
export async function getAvailability(
  ctx: MemberContext,
  input: GetAvailabilityInput,
): Promise<Availability> {
  const availability = await findAvailability(ctx.database, input);
  if (!availability) throw new Refusal("NOT_FOUND", "There is no such window.");
  return toAvailability(availability);
}
