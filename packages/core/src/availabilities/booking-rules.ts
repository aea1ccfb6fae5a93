/** Who may book, and what. */
import { type FieldErrors, InvalidInput, Refusal } from "../errors.ts";
import { minute, overlaps, shift } from "../instant.ts";
import { isGroup, isSeveral } from "./capacity.ts";
import type { AvailabilityRecord } from "./repository.ts";
import { latestStart, takenTimes } from "./rules.ts";
import type { BookAvailabilityInput } from "./schema.ts";

/**
 * What a booking takes. If the input leaves out a choice and the availability offers only one option, that option is
 * taken.
 */
export interface SeatChoice {
  startTime: string;
  endTime: string;
  type: string;
}

/** Whether an availability has a seat that can still be booked. */
export function hasOpenSeat(
  availability: Pick<AvailabilityRecord, "status" | "seatCount" | "maxParticipants" | "bookings">,
): boolean {
  return (
    availability.status === "SCHEDULED" &&
    (isSeveral(availability) || availability.seatCount < availability.maxParticipants)
  );
}

/**
 * Decides whether a member may take a seat, and which one. It does not look at calendars.
 * One to one, every start with `availability.startTime <= start` and `start + duration <= availability.endTime` is
 * possible.
 * @throws Refusal ALREADY_BOOKED, COHORT_NOT_ALLOWED, TYPE_NOT_OFFERED, OUTSIDE_WINDOW, IN_THE_PAST;
 *   InvalidInput if a required choice is missing
 */
export function chooseSeat(
  availability: AvailabilityRecord,
  member: { cohort: string | null },
  input: Pick<BookAvailabilityInput, "startTime" | "type">,
  now: Date,
): SeatChoice {
  if (!hasOpenSeat(availability)) throw new Refusal("ALREADY_BOOKED", "This is no longer open.");
  if (member.cohort === null || !availability.cohorts.includes(member.cohort)) {
    throw new Refusal("COHORT_NOT_ALLOWED", "This is for other cohorts.");
  }
  const type = input.type ?? inferType(availability);
  if (type !== undefined && !availability.types.includes(type)) {
    throw new Refusal("TYPE_NOT_OFFERED", "This kind of session is not offered here.", {
      type: ["Not offered here"],
    });
  }
  const startTime =
    input.startTime ??
    (availability.lastStart <= availability.startTime ? availability.startTime : undefined);
  if (startTime !== undefined) checkStart(availability, startTime, now);
  // An availability that is over is refused as over, with or without a chosen start.
  else if (availability.lastStart < now.toISOString()) throw pastStart();
  const missing: FieldErrors = {};
  if (startTime === undefined) missing["startTime"] = ["Choose a start"];
  if (type === undefined) missing["type"] = ["Choose a kind of session"];
  if (startTime === undefined || type === undefined) throw new InvalidInput(missing);
  const endTime = isGroup(availability)
    ? availability.endTime
    : shift(startTime, availability.durationMinutes * minute);
  if (takenTimes(availability).some((span) => overlaps(span, { startTime, endTime }))) {
    throw new Refusal("ALREADY_BOOKED", "This time is taken.", { startTime: ["Taken"] });
  }
  return { startTime, endTime, type };
}

function inferType(availability: AvailabilityRecord): string | undefined {
  return isGroup(availability) || availability.types.length === 1 ? availability.types[0] : undefined;
}

function checkStart(availability: AvailabilityRecord, startTime: string, now: Date): void {
  if (startTime < availability.startTime || startTime > latestStart(availability)) {
    throw new Refusal("OUTSIDE_WINDOW", "This start does not fit the open time.", {
      startTime: ["Does not fit the open time"],
    });
  }
  if (startTime < now.toISOString()) throw pastStart();
}

function pastStart(): Refusal {
  return new Refusal("IN_THE_PAST", "This start has passed.", { startTime: ["Has passed"] });
}
