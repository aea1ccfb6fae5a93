/** How many bookings an availability takes. Imports only types, because the browser uses it. */
import type { Bookings } from "./schema.ts";

/** Whether an availability seats a group, which meets for the whole availability. */
export function isGroup(availability: { maxParticipants: number }): boolean {
  return availability.maxParticipants > 1;
}

/** Whether an availability takes several bookings, each at a separate time. */
export function isSeveral(availability: { bookings: Bookings }): boolean {
  return availability.bookings === "several";
}
