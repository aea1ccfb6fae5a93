/** How many an availability takes. Imports types alone, because the browser uses it. */
import type { Bookings } from "./schema.ts";

/** Whether an availability seats a group: then all meet for the whole availability. */
export function isGroup(availability: { maxParticipants: number }): boolean {
  return availability.maxParticipants > 1;
}

/** Whether an availability takes several bookings, each for its own time. */
export function isSeveral(availability: { bookings: Bookings }): boolean {
  return availability.bookings === "several";
}
