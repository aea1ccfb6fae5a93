import { putAvailabilityEntry } from "../agenda/repository.ts";
import type { Database } from "../database/database.ts";
import type { TransactItem } from "../database/transact.ts";
import type { AvailabilityStatus } from "../states.ts";
import { changeOpenings } from "./openings.ts";
import { type AvailabilityRecord, type Seat, sameTimes } from "./repository.ts";

/** What a booking or a cancelation changes in addition to the seat, if an availability takes several bookings. */
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
 * Takes a seat in an availability; the last seat also removes the openings. The write commits only if the availability
 * is still as `seen`: scheduled, not edited, with a seat left, and without the participant. The first and the last seat
 * require the exact seat count that was seen; those in between allow other bookings at the same time. With several
 * bookings, each requires that the taken times are unchanged.
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
  // Several bookings check the exact times, which implies the number of seats.
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
 * Frees a meeting's seat in an availability. The write commits only if the availability is still as `seen`: not edited,
 * with the same status, and with or without other booked seats as then. If it can be booked again, its openings return.
 * @param change the availability's fields afterward
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
 * Withdraws an availability that is still as `seen`, and frees the seats of some participants. The others keep their
 * seats until a further call.
 * @param change.reason the reason shown to the participants
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
