import type { SetAvailabilityInput } from "@kumite/core/availabilities/schema";

/**
 * Returns a function that posts one availability, even if the member presses again after a lost answer. Every attempt has
 * the same key, and the API returns the availability that an earlier attempt posted. If the form has changed since the
 * first attempt, an edit follows.
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
