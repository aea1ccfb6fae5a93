/** States that several feature folders store. A separate file, because modules below the schemas need them too. */

export const availabilityStatuses = ["SCHEDULED", "BOOKED", "CANCELED"] as const;
export type AvailabilityStatus = (typeof availabilityStatuses)[number];

export const meetingStatuses = ["SCHEDULED", "CANCELED"] as const;
export type MeetingStatus = (typeof meetingStatuses)[number];

/** One to one: whether one booking takes the whole availability, or each booking takes only its own time. */
export const bookingModes = ["one", "several"] as const;
export type Bookings = (typeof bookingModes)[number];
