import type { MemberContext } from "../context/context.ts";
import { retryOnConflict } from "../database/transact.ts";
import { Refusal } from "../errors.ts";
import { type AvailabilityRecord, deleteAvailabilityRecord, findAvailability } from "./repository.ts";
import { ownAvailability } from "./rules.ts";
import type { Availability, DeleteAvailabilityInput } from "./schema.ts";

/**
 * Deletes one of the actor's own availabilities and returns it as it was.
 * @throws Refusal NOT_FOUND, HAS_BOOKINGS; Unavailable
 */
export async function deleteAvailability(
  ctx: MemberContext,
  input: DeleteAvailabilityInput,
): Promise<Availability> {
  let seen: AvailabilityRecord | undefined;
  return retryOnConflict(async (outcomeUnknown) => {
    const availability = await findAvailability(ctx.database, { owner: ctx.actor.username, id: input.id });
    if (!availability && seen && outcomeUnknown) return ownAvailability(seen);
    if (!availability) throw new Refusal("NOT_FOUND", "You have no such open time.");
    seen = availability;
    if (availability.seatCount > 0) {
      throw new Refusal(
        "HAS_BOOKINGS",
        "Seats are booked. Withdraw it instead: that also cancels the meetings.",
      );
    }
    await deleteAvailabilityRecord(ctx.database, availability);
    return ownAvailability(availability);
  });
}
