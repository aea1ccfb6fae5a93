import * as z from "zod/mini";
import { Cohort, SessionType } from "../community/schema.ts";
import { Instant, longestWindow, minute, minutesBetween } from "../instant.ts";
import { PageInput, pageOf } from "../page.ts";
import { Id, multiLine, singleLine } from "../text.ts";

export const AvailabilityStatus = z.enum(["SCHEDULED", "BOOKED", "CANCELED"]);
export type AvailabilityStatus = z.infer<typeof AvailabilityStatus>;

/** A window of time in which its owner offers meetings. Instants are ISO 8601 UTC with milliseconds. */
export const Availability = z.object({
  owner: z.string(),
  id: z.string(),
  ownerDisplayName: z.string(),
  ownerCohort: z.nullable(z.string()),
  startTime: z.string(),
  endTime: z.string(),
  /** How long a meeting lasts; for a group the length of the window, in whole minutes. */
  durationMinutes: z.number(),
  types: z.array(z.string()),
  cohorts: z.array(z.string()),
  maxParticipants: z.number(),
  participants: z.array(
    z.object({ username: z.string(), displayName: z.string(), cohort: z.nullable(z.string()) }),
  ),
  location: z.string(),
  description: z.string(),
  /** `BOOKED`: every seat is taken. `CANCELED`: withdrawn by its owner. */
  status: AvailabilityStatus,
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type Availability = z.infer<typeof Availability>;

export const shortestMeetingMinutes = 15;

function distinct<Item extends z.ZodMiniType<string>>(item: Item, most: number) {
  return z.array(item).check(
    z.minLength(1, "Choose at least one"),
    z.maxLength(most, "Too many"),
    z.refine((items) => new Set(items).size === items.length, "None may stand twice"),
  );
}

/**
 * A window to post, or to edit where there is an `id`: then what is left out stays as it is. A client that posts anew
 * because no answer came sends the same `idempotencyKey`, and no second window is made.
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
    types: distinct(SessionType, SessionType.options.length),
    cohorts: distinct(Cohort, Cohort.options.length),
    maxParticipants: z.optional(
      z.int("A whole number").check(z.minimum(1, "At least 1"), z.maximum(100, "At most 100")),
    ),
    location: z.optional(singleLine(200)),
    description: z.optional(multiLine(2_000)),
  })
  .check(
    z.superRefine((input, context) => {
      const length = Date.parse(input.endTime) - Date.parse(input.startTime);
      const issue = (field: string, message: string) =>
        context.addIssue({ code: "custom", path: [field], message });
      if (length <= 0) issue("endTime", "Must be after the start");
      else if (length > longestWindow) issue("endTime", "A window lasts at most 24 hours");
      else if (length < shortestMeetingMinutes * minute)
        issue("endTime", `A window lasts at least ${shortestMeetingMinutes} minutes`);
      else if ((input.durationMinutes ?? 0) > minutesBetween(input.startTime, input.endTime))
        issue("durationMinutes", "Longer than the window");
      if (input.id !== undefined && input.idempotencyKey !== undefined)
        issue("idempotencyKey", "Only for a new window");
    }),
  );
export type SetAvailabilityInput = z.infer<typeof SetAvailabilityInput>;

export const GetAvailabilityInput = z.strictObject({ owner: Id, id: Id });
export type GetAvailabilityInput = z.infer<typeof GetAvailabilityInput>;

export const ListAvailabilitiesInput = PageInput;
export type ListAvailabilitiesInput = z.infer<typeof ListAvailabilitiesInput>;

/** Others' bookable windows that overlap `[from, to)`; a `from` in the past counts as now. */
export const SearchAvailabilitiesInput = z.extend(PageInput, {
  from: Instant,
  to: Instant,
  /** Windows that offer any of these; all where left out. */
  types: z.optional(distinct(SessionType, SessionType.options.length)),
  /** Windows whose owner is of one of these; all where left out. */
  ownerCohorts: z.optional(distinct(Cohort, Cohort.options.length)),
});
export type SearchAvailabilitiesInput = z.infer<typeof SearchAvailabilitiesInput>;

export const DeleteAvailabilityInput = z.strictObject({ id: Id });
export type DeleteAvailabilityInput = z.infer<typeof DeleteAvailabilityInput>;

/** `startTime` and `type` may be left out where the window leaves no choice. */
export const BookAvailabilityInput = z.strictObject({
  owner: Id,
  id: Id,
  startTime: z.optional(Instant),
  type: z.optional(Id),
});
export type BookAvailabilityInput = z.infer<typeof BookAvailabilityInput>;

export const AvailabilityPage = pageOf(Availability);
