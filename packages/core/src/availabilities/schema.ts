import * as z from "zod/mini";
import { Cohort, mostCohorts, mostTypes, SessionType } from "../community/ids.ts";
import { longestAvailability, minute, minutesBetween } from "../instant.ts";
import { Instant } from "../instant-schema.ts";
import { PageInput, pageOf } from "../page.ts";
import { Id, Link, multiLine, singleLine } from "../text.ts";
import { Availability, Bookings } from "./output-schema.ts";

export { Availability, AvailabilityStatus, Bookings } from "./output-schema.ts";

export const shortestMeetingMinutes = 15;

function distinct<Item extends z.ZodMiniType<string>>(item: Item, most: number) {
  return z.array(item).check(
    z.minLength(1, "Choose at least one"),
    z.maxLength(most, "Too many"),
    z.refine((items) => new Set(items).size === items.length, "Choose each only once"),
  );
}

/**
 * Input to post an availability, or to edit one if there is an `id`; an edit keeps what is left out. A client that
 * retries a posting sends the same `idempotencyKey` again, so that no second availability is created.
 */
export const SetAvailabilityInput = z
  .strictObject({
    id: z.optional(Id),
    idempotencyKey: z.optional(z.uuid("Must be a UUID")),
    startTime: Instant,
    endTime: Instant,
    durationMinutes: z.optional(
      z
        .int("Whole minutes")
        .check(
          z.minimum(shortestMeetingMinutes, `At least ${shortestMeetingMinutes} minutes`),
          z.maximum(480, "At most 8 hours"),
        ),
    ),
    types: distinct(SessionType, mostTypes),
    cohorts: distinct(Cohort, mostCohorts),
    maxParticipants: z.optional(
      z.int("A whole number").check(z.minimum(1, "At least 1"), z.maximum(100, "At most 100")),
    ),
    bookings: z.optional(Bookings),
    location: z.optional(singleLine(200)),
    /** An empty link removes the availability's own link. */
    link: z.optional(Link),
    description: z.optional(multiLine(2_000)),
  })
  .check(
    z.superRefine((input, context) => {
      const length = Date.parse(input.endTime) - Date.parse(input.startTime);
      const issue = (field: string, message: string) =>
        context.addIssue({ code: "custom", path: [field], message });
      if (length <= 0) issue("endTime", "Must be after the start");
      else if (length > longestAvailability) issue("endTime", "An open time lasts at most 24 hours");
      else if (length < shortestMeetingMinutes * minute)
        issue("endTime", `An open time lasts at least ${shortestMeetingMinutes} minutes`);
      else if ((input.durationMinutes ?? 0) > minutesBetween(input.startTime, input.endTime))
        issue("durationMinutes", "Longer than the open time");
      if (input.id !== undefined && input.idempotencyKey !== undefined)
        issue("idempotencyKey", "Only for a new open time");
      if (input.bookings === "several" && (input.maxParticipants ?? 1) > 1)
        issue("bookings", "A group is booked as a whole");
    }),
  );
export type SetAvailabilityInput = z.infer<typeof SetAvailabilityInput>;

export const GetAvailabilityInput = z.strictObject({ owner: Id, id: Id });
export type GetAvailabilityInput = z.infer<typeof GetAvailabilityInput>;

export const ListAvailabilitiesInput = PageInput;
export type ListAvailabilitiesInput = z.infer<typeof ListAvailabilitiesInput>;

/** Selects other members' bookable availabilities that overlap `[from, to)`; a `from` in the past counts as now. */
export const SearchAvailabilitiesInput = z.extend(PageInput, {
  from: Instant,
  to: Instant,
  /** Availabilities that offer any of these types; all if left out. */
  types: z.optional(distinct(SessionType, mostTypes)),
  /** Availabilities whose owner is of one of these cohorts; all if left out. */
  ownerCohorts: z.optional(distinct(Cohort, mostCohorts)),
});
export type SearchAvailabilitiesInput = z.infer<typeof SearchAvailabilitiesInput>;

export const DeleteAvailabilityInput = z.strictObject({ id: Id });
export type DeleteAvailabilityInput = z.infer<typeof DeleteAvailabilityInput>;

export const WithdrawAvailabilityInput = z.strictObject({ id: Id, reason: z.optional(multiLine(2_000)) });
export type WithdrawAvailabilityInput = z.infer<typeof WithdrawAvailabilityInput>;

/** `startTime` and `type` may be left out if the availability offers only one. */
export const BookAvailabilityInput = z.strictObject({
  owner: Id,
  id: Id,
  startTime: z.optional(Instant),
  type: z.optional(Id),
});
export type BookAvailabilityInput = z.infer<typeof BookAvailabilityInput>;

export const AvailabilityPage = pageOf(Availability);
