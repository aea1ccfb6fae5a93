import type { SetAvailabilityInput } from "@kumite/core/availabilities/schema";

/**
 * Makes what posts the one window of a form, however often it is pressed because no answer came: every attempt has the
 * same key, and the API answers the window that an earlier one has posted. What was changed in the form since the first
 * attempt is then edited into that window.
 * @param set calls the API
 */
export function postOnce<Window extends { id: string }>(
  set: (input: SetAvailabilityInput) => Promise<Window>,
): (input: SetAvailabilityInput) => Promise<Window> {
  const idempotencyKey = crypto.randomUUID();
  let first: string | undefined;
  return async (input) => {
    const sent = JSON.stringify(input);
    first ??= sent;
    const window = await set({ ...input, idempotencyKey });
    return sent === first ? window : set({ ...input, id: window.id });
  };
}
