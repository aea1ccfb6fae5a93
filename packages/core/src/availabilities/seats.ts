import { putAvailabilityEntry } from "../agenda/repository.ts";
import type { Database } from "../database/database.ts";
import type { TransactItem } from "../database/transact.ts";
import type { AvailabilityStatus } from "../states.ts";
import { changeOpenings } from "./openings.ts";
import { type AvailabilityRecord, type Seat, sameTimes } from "./repository.ts";

/** What a booking or a cancelation changes beside the seat where an availability takes several bookings. */
function timesChange(seen: AvailabilityRecord, after: Pick<AvailabilityRecord, "lastStart" | "closed">) {
  if (seen.bookings !== "several") return { set: "", condition: "", values: {} };
  return {
    set: ", lastStart = :lastStart, closed = :closed, seatsVersion = :nextVersion",
    condition: ` AND ${sameTimes}`,
    values: {
      ":lastStart": after.lastStart,
      ":closed": after.closed,
      ":seatsVersion": seen.seatsVersion,
      ":nextVersion": seen.seatsVersion + 1,
    },
  };
}

/**
 * Takes a seat in the availability as it was `seen`; the last one takes the openings along. The condition is the truth:
 * scheduled, unedited, a seat left, and the participant not in. The first seat and the last one hold the number of seats
 * exactly; those between let others come in at the same time. Where the availability takes several bookings, each holds the
 * times that were seen taken.
 * @param offer what the availability offers afterward
 */
export function takeSeat(
  database: Database,
  seen: AvailabilityRecord,
  participant: string,
  seat: Seat,
  offer: Pick<AvailabilityRecord, "status" | "lastStart">,
): { seat: TransactItem } & Record<string, TransactItem> {
  const { status, lastStart } = offer;
  const exact = status === "BOOKED" || seen.seatCount === 0;
  const times = timesChange(seen, { lastStart, closed: seen.closed });
  // Several bookings hold the very times, and so the number of seats.
  const counted = seen.bookings === "several" ? "" : " AND seatCount BETWEEN :least AND :most";
  const item: TransactItem = {
    Update: {
      TableName: database.names.Availabilities,
      Key: { owner: seen.owner, id: seen.id },
      UpdateExpression: `SET seats.#participant = :seat, seatCount = seatCount + :one, #status = :status, updatedAt = :now${times.set}`,
      ConditionExpression: `#status = :scheduled AND revision = :revision AND attribute_not_exists(seats.#participant)${counted}${times.condition}`,
      ExpressionAttributeNames: { "#participant": participant, "#status": "status" },
      ExpressionAttributeValues: {
        ":seat": seat,
        ":one": 1,
        ":status": status,
        ":scheduled": "SCHEDULED" satisfies AvailabilityStatus,
        ":revision": seen.revision,
        ...(counted && {
          ":least": exact ? seen.seatCount : 1,
          ":most": exact ? seen.seatCount : seen.maxParticipants - 2,
        }),
        ":now": seat.bookedAt,
        ...times.values,
      },
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    },
  };
  return { seat: item, ...changeOpenings(database, seen, { ...seen, status, lastStart }) };
}

/**
 * Frees the seat that a meeting holds in the availability as it was `seen`: unedited, of that status, and the seat the last one
 * taken, or not. An availability that may be booked again is found again.
 * @param change what the availability becomes
 */
export function freeSeat(
  database: Database,
  meeting: { id: string; participant: string },
  seen: AvailabilityRecord,
  change: Pick<AvailabilityRecord, "status" | "lastStart" | "closed"> & { now: Date },
): Record<string, TransactItem> {
  const { status, lastStart } = change;
  const times = timesChange(seen, change);
  const seat: TransactItem = {
    Update: {
      TableName: database.names.Availabilities,
      Key: { owner: seen.owner, id: seen.id },
      UpdateExpression: `SET seatCount = seatCount - :one, #status = :status, updatedAt = :now${times.set} REMOVE seats.#participant`,
      ConditionExpression: `seats.#participant.meetingId = :meeting AND seatCount ${seen.seatCount === 1 ? "=" : ">"} :one AND revision = :revision AND #status = :seen${times.condition}`,
      ExpressionAttributeNames: { "#participant": meeting.participant, "#status": "status" },
      ExpressionAttributeValues: {
        ":one": 1,
        ":status": status,
        ":seen": seen.status,
        ":revision": seen.revision,
        ":now": change.now.toISOString(),
        ":meeting": meeting.id,
        ...times.values,
      },
    },
  };
  const withdraws = status === "CANCELED" && seen.status !== "CANCELED";
  return {
    seat,
    ...(withdraws && { availabilityEntry: putAvailabilityEntry(database, { ...seen, status }) }),
    ...changeOpenings(database, seen, { ...seen, status, lastStart }),
  };
}

/**
 * Withdraws the availability as it was `seen`, and frees the seats of some participants. A withdrawn availability that has seats left
 * goes on with those.
 * @param change.reason what the participants are told
 */
export function withdrawSeats(
  database: Database,
  seen: AvailabilityRecord,
  participants: readonly string[],
  change: { reason: string; now: Date },
): Record<string, TransactItem> {
  const seats = participants.map((_, index) => `seats.#p${index}`);
  const held = participants.map((_, index) => ` AND seats.#p${index}.meetingId = :m${index}`);
  const availability: TransactItem = {
    Update: {
      TableName: database.names.Availabilities,
      Key: { owner: seen.owner, id: seen.id },
      UpdateExpression: [
        "SET #status = :canceled, revision = :next, seatCount = seatCount - :freed, withdrawReason = :reason, updatedAt = :now",
        ...(seats.length > 0 ? [`REMOVE ${seats.join(", ")}`] : []),
      ].join(" "),
      ConditionExpression: `revision = :seen AND seatCount = :seatCount AND ${sameTimes}${held.join("")}`,
      ExpressionAttributeNames: {
        "#status": "status",
        ...Object.fromEntries(participants.map((name, index) => [`#p${index}`, name])),
      },
      ExpressionAttributeValues: {
        ":canceled": "CANCELED" satisfies AvailabilityStatus,
        ":seen": seen.revision,
        ":next": seen.revision + 1,
        ":seatCount": seen.seatCount,
        ":seatsVersion": seen.seatsVersion,
        ":freed": participants.length,
        ":reason": change.reason,
        ":now": change.now.toISOString(),
        ...Object.fromEntries(participants.map((name, index) => [`:m${index}`, seen.seats[name]?.meetingId])),
      },
    },
  };
  const withdrawn = { ...seen, status: "CANCELED" } as const;
  return {
    availability,
    entry: putAvailabilityEntry(database, withdrawn),
    ...changeOpenings(database, seen, withdrawn),
  };
}
