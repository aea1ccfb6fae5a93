import type { RouterOutputs } from "@kumite/api";
import { isGroup } from "@kumite/core/availabilities/capacity";
import { SetAvailabilityInput, shortestMeetingMinutes } from "@kumite/core/availabilities/schema";
import { minutesBetween } from "@kumite/core/instant";
import type { UseFormReturn } from "react-hook-form";
import { addDays, dayOf } from "#lib/time.ts";
import { type ClockReading, readClock, type WallTime } from "#lib/wall-time.ts";
import { type Fold, instantOf, toClockEntry } from "./clock-entry.ts";

type Availability = RouterOutputs["availability"]["get"];
type SessionTypes = RouterOutputs["community"]["get"]["types"];
type Bookings = Availability["bookings"];

/**
 * The values of the form. Fields have the same names as in the API's input, so that its messages find them. Times are
 * clock readings in the member's zone.
 */
export type AvailabilityValues = {
  /** The day on which the availability starts. */
  day: string;
  startTime: string;
  endTime: string;
  /** Whether an end that is earlier on the clock than the start is on the next day. */
  endsNextDay: boolean;
  /** Which one is meant when clocks show a time twice. */
  startFold: Fold;
  endFold: Fold;
  isGroup: boolean;
  maxParticipants: number;
  /** In minutes; null: as the first kind suggests. */
  durationMinutes: number | null;
  /** Used only if more than one meeting fits into a one-to-one availability. */
  bookings: Bookings;
  types: string[];
  cohorts: string[];
  location: string;
  link: string;
  description: string;
};

/** The form as its parts receive it, with the types of its values and of what it sends. */
export type AvailabilityFormApi = UseFormReturn<AvailabilityValues, unknown, SetAvailabilityInput>;

/** The fields that show messages. */
export const availabilityFields = [
  "day",
  "startTime",
  "endTime",
  "maxParticipants",
  "durationMinutes",
  "bookings",
  "types",
  "cohorts",
  "location",
  "link",
  "description",
] as const satisfies (keyof AvailabilityValues)[];

// While a day or a time is missing, the schema's messages at these are misleading.
const timeFields = new Set<string>(["startTime", "endTime", "durationMinutes"]);

// Whether one of these is valid depends on the others.
const linkedFields: string[] = [
  "day",
  "startTime",
  "endTime",
  "endsNextDay",
  "startFold",
  "endFold",
  "isGroup",
  "maxParticipants",
  "durationMinutes",
] satisfies (keyof AvailabilityValues)[];

/**
 * Returns the fields whose messages may be outdated after a change, so that no message stays when its cause is gone.
 * @param changed the changed field; undefined if many change at once
 * @param withErrors the fields that show messages
 */
export function fieldsToCheckAgain(
  changed: string | undefined,
  withErrors: readonly string[],
): (typeof availabilityFields)[number][] {
  const isLinked = changed === undefined || linkedFields.includes(changed);
  return availabilityFields.filter(
    (field) =>
      withErrors.includes(field) && (field === changed || (isLinked && linkedFields.includes(field))),
  );
}

/** The message for an end that is before the start. */
export const endsBeforeStart = "Until is before the start";

export type AvailabilityErrors = Partial<Record<(typeof availabilityFields)[number], string>>;

type Given = {
  types: string[];
  cohorts: string[];
  /** The availability's times. */
  span?: { startTime: string; endTime: string };
  /** The day, if there is no span; an invalid one is ignored. */
  day?: string | null;
};

/** Returns a new availability's values: by default 18:00 to 20:00 tomorrow. */
export function newAvailability(
  zone: string,
  now: string,
  { types, cohorts, span, day }: Given,
): AvailabilityValues {
  const evening = {
    startTime: "18:00",
    endTime: "20:00",
    endsNextDay: false,
    startFold: "first",
    endFold: "first",
  } as const;
  const isDay = day && readClock({ day, time: evening.startTime }, zone);
  return {
    ...(span ? toTimes(span, zone) : { day: isDay ? day : addDays(dayOf(now, zone), 1), ...evening }),
    isGroup: false,
    maxParticipants: 8,
    durationMinutes: null,
    bookings: "several",
    types,
    cohorts,
    location: "",
    link: "",
    description: "",
  };
}

/** Returns the form's values for an existing availability. */
export function toValues(availability: Availability, zone: string): AvailabilityValues {
  const group = isGroup(availability);
  return {
    ...toTimes(availability, zone),
    isGroup: group,
    maxParticipants: group ? availability.maxParticipants : 8,
    durationMinutes: group ? null : availability.durationMinutes,
    bookings: group ? "several" : availability.bookings,
    types: availability.types,
    cohorts: availability.cohorts,
    location: availability.location,
    link: availability.link ?? "",
    description: availability.description,
  };
}

function toTimes(span: { startTime: string; endTime: string }, zone: string) {
  const start = toClockEntry(span.startTime, zone);
  const end = toClockEntry(span.endTime, zone);
  return {
    day: start.day,
    startTime: start.time,
    startFold: start.fold,
    endTime: end.time,
    endsNextDay: end.day > start.day,
    endFold: end.fold,
  };
}

/** The span that the typed day and times mean. */
export type TypedSpan = { start: ClockReading; end: ClockReading; startTime: string; endTime: string };

type TypedTimes = Pick<
  AvailabilityValues,
  "day" | "startTime" | "endTime" | "endsNextDay" | "startFold" | "endFold"
>;

/** Whether times such as 22:00 to 02:00 are clearly one night: from 17:00 or later to 06:00 or earlier. */
function isOneNight({ startTime, endTime }: Pick<AvailabilityValues, "startTime" | "endTime">): boolean {
  return startTime >= "17:00" && endTime <= "06:00";
}

/** Whether to ask if the end is on the next day: it is earlier on the clock, and the times are not clearly one night. */
export function asksForNextDay(values: TypedTimes): boolean {
  if (values.endsNextDay) return true;
  const { startTime, endTime } = values;
  return startTime !== "" && endTime !== "" && endTime <= startTime && !isOneNight(values);
}

/** Returns the span of the form's day and times; undefined if one is missing or the end is before the start. */
export function readSpan(values: TypedTimes, zone: string): TypedSpan | undefined {
  const start = readClock({ day: values.day, time: values.startTime }, zone);
  if (!start) return undefined;
  const startTime = instantOf(start, values.startFold);
  const nextDay = addDays(values.day, 1);
  const days = values.endsNextDay ? [nextDay] : isOneNight(values) ? [values.day, nextDay] : [values.day];
  for (const day of days) {
    const end = readClock({ day, time: values.endTime }, zone);
    if (!end) return undefined;
    // In a repeated hour, an end that is earlier on the clock can be later in time: in the second occurrence.
    const folds: Fold[] = values.endFold === "first" ? ["first", "second"] : ["second"];
    const endTime = folds.map((fold) => instantOf(end, fold)).find((instant) => instant > startTime);
    if (endTime) return { start, end, startTime, endTime };
  }
  return undefined;
}

/** Suggests a meeting's duration in minutes: that of the first kind, at most the availability's length. */
export function suggestDuration(
  types: readonly string[],
  known: SessionTypes,
  span: { startTime: string; endTime: string } | undefined,
): number {
  const suggested = known.find(({ id }) => types.includes(id))?.durationMinutes ?? 60;
  const length = span ? minutesBetween(span.startTime, span.endTime) : suggested;
  return Math.max(shortestMeetingMinutes, Math.min(suggested, length));
}

/** Returns the duration of a one-to-one meeting in minutes: the chosen one, else the suggested one. */
export function durationOf(
  values: Pick<AvailabilityValues, "durationMinutes" | "types">,
  known: SessionTypes,
  span: { startTime: string; endTime: string } | undefined,
): number {
  return values.durationMinutes ?? suggestDuration(values.types, known, span);
}

/** Whether to ask for one or several bookings: only if more than one meeting fits. */
export function asksForBookings(
  values: Pick<AvailabilityValues, "isGroup" | "durationMinutes" | "types">,
  known: SessionTypes,
  span: { startTime: string; endTime: string } | undefined,
): boolean {
  return (
    !values.isGroup &&
    span !== undefined &&
    minutesBetween(span.startTime, span.endTime) >= 2 * durationOf(values, known, span)
  );
}

/**
 * Converts the form's values to the API's input, with the API's own schema.
 * @param id of an existing availability
 * @param seats how many of its seats are booked
 */
export function parseAvailability(
  values: AvailabilityValues,
  {
    zone,
    known,
    id,
    seats = 0,
  }: { zone: string; known: SessionTypes; id?: string | undefined; seats?: number | undefined },
): { input: SetAvailabilityInput } | { errors: AvailabilityErrors } {
  const errors: AvailabilityErrors = {};
  const check = (field: keyof AvailabilityErrors, entry: WallTime, message: string) => {
    if (!readClock(entry, zone)) errors[field] = message;
  };
  check("day", { day: values.day, time: "12:00" }, "Choose a day");
  check("startTime", { day: "2000-01-01", time: values.startTime }, "Choose a time");
  check("endTime", { day: "2000-01-01", time: values.endTime }, "Choose a time");
  const span = readSpan(values, zone);
  if (!span && Object.keys(errors).length === 0) errors.endTime = endsBeforeStart;
  const parsed = SetAvailabilityInput.safeParse({
    ...(id !== undefined && { id }),
    // Without a span, this still checks the other fields.
    ...(span ? { startTime: span.startTime, endTime: span.endTime } : {}),
    types: values.types,
    cohorts: values.cohorts,
    ...(values.isGroup
      ? { maxParticipants: values.maxParticipants }
      : {
          maxParticipants: 1,
          durationMinutes: durationOf(values, known, span),
        }),
    ...(asksForBookings(values, known, span) && { bookings: values.bookings }),
    location: values.location,
    link: values.link,
    description: values.description,
  });
  if (values.isGroup && !(values.maxParticipants >= 2))
    errors.maxParticipants = "A group has at least 2 seats";
  else if (values.isGroup && values.maxParticipants < seats)
    errors.maxParticipants = `${seats} seats are booked already`;
  for (const issue of parsed.error?.issues ?? []) {
    const field = availabilityFields.find((name) => name === issue.path[0]);
    if (field && (span || !timeFields.has(field))) errors[field] ??= issue.message;
  }
  return parsed.success && Object.keys(errors).length === 0 ? { input: parsed.data } : { errors };
}
