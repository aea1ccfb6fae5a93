/** States that several rooms store: the floors below the schemas need them too. */

export const availabilityStatuses = ["SCHEDULED", "BOOKED", "CANCELED"] as const;
export type AvailabilityStatus = (typeof availabilityStatuses)[number];

export const meetingStatuses = ["SCHEDULED", "CANCELED"] as const;
export type MeetingStatus = (typeof meetingStatuses)[number];

/** One to one: whether one booking takes the whole availability, or each takes its own time and leaves the rest open. */
export const bookingModes = ["one", "several"] as const;
export type Bookings = (typeof bookingModes)[number];
