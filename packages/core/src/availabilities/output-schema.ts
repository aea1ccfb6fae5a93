// Separate from the input schemas, because each schema slows a cold start and many functions only need this one.
import * as z from "zod/mini";
import { availabilityStatuses, bookingModes } from "../states.ts";

export const AvailabilityStatus = z.enum(availabilityStatuses);
export type AvailabilityStatus = z.infer<typeof AvailabilityStatus>;

export const Bookings = z.enum(bookingModes);
export type Bookings = z.infer<typeof Bookings>;

const Span = z.object({ startTime: z.string(), endTime: z.string() });

/** Time in which its owner offers meetings. Instants are ISO 8601 UTC with milliseconds. */
export const Availability = z.object({
  owner: z.string(),
  id: z.string(),
  ownerDisplayName: z.string(),
  ownerCohort: z.nullable(z.string()),
  startTime: z.string(),
  endTime: z.string(),
  /** How long a meeting lasts; for a group the length of the availability, in whole minutes. */
  durationMinutes: z.number(),
  types: z.array(z.string()),
  cohorts: z.array(z.string()),
  maxParticipants: z.number(),
  bookings: Bookings,
  /** One to one: the times in the availability that can no longer be booked, in order. */
  taken: z.array(Span),
  /**
   * The times in the availability at which the owner has other meetings, in order; only for members who may book it.
   */
  ownerBusy: z.optional(z.array(Span)),
  /** The participants, in booking order, as far as the caller may know them. */
  participants: z.array(
    z.object({ username: z.string(), displayName: z.string(), cohort: z.nullable(z.string()) }),
  ),
  location: z.string(),
  /** The meeting link of this availability alone; only for its owner. */
  link: z.optional(z.string()),
  description: z.string(),
  /** `BOOKED`: every seat is taken. `CANCELED`: withdrawn by its owner. */
  status: AvailabilityStatus,
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type Availability = z.infer<typeof Availability>;
