import type { SetAvailabilityInput } from "@kumite/core/availabilities/schema";

/**
 * Makes what posts the one availability of a form, however often it is pressed because no answer came: every attempt has the
 * same key, and the API answers the availability that an earlier one has posted. What was changed in the form since the first
 * attempt is then edited into that availability.
 * @param set calls the API
 */
export function postOnce<Availability extends { id: string }>(
  set: (input: SetAvailabilityInput) => Promise<Availability>,
): (input: SetAvailabilityInput) => Promise<Availability> {
  const idempotencyKey = crypto.randomUUID();
  let first: string | undefined;
  return async (input) => {
    const sent = JSON.stringify(input);
    first ??= sent;
    const availability = await set({ ...input, idempotencyKey });
    return sent === first ? availability : set({ ...input, id: availability.id });
  };
}
