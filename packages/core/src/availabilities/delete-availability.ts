import type { MemberContext } from "../context.ts";
import { withFreshReads } from "../database/transact.ts";
import { Refusal } from "../errors.ts";
import { type AvailabilityRecord, deleteAvailabilityRecord, findAvailability } from "./repository.ts";
import { ownAvailability } from "./rules.ts";
import type { Availability, DeleteAvailabilityInput } from "./schema.ts";

/**
 * Deletes one of the actor's own windows and answers it as it was.
 * @throws Refusal NOT_FOUND, HAS_BOOKINGS; Unavailable
 */
export async function deleteAvailability(
  ctx: MemberContext,
  input: DeleteAvailabilityInput,
): Promise<Availability> {
  let seen: AvailabilityRecord | undefined;
  return withFreshReads(async (mayBeDone) => {
    const availability = await findAvailability(ctx.database, { owner: ctx.actor, id: input.id });
    if (!availability && seen && mayBeDone) return ownAvailability(seen);
    if (!availability) throw new Refusal("NOT_FOUND", "There is no such window of yours.");
    seen = availability;
    if (availability.seatCount > 0) {
      throw new Refusal(
        "HAS_BOOKINGS",
        "Seats are booked: withdraw it, and their meetings are canceled with it.",
      );
    }
    await deleteAvailabilityRecord(ctx.database, availability);
    return ownAvailability(availability);
  });
}
