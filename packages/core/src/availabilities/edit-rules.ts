/** What may be edited once seats are booked. */

import { Refusal } from "../errors.ts";
import { isGroup, isSeveral } from "./capacity.ts";
import type { AvailabilityChanges, AvailabilityRecord } from "./repository.ts";

/**
 * Refuses an edit that would break a booked seat: fewer places than participants, another form of meeting, or a meeting
 * whose time or type the availability no longer offers.
 * @throws Refusal HAS_BOOKINGS
 */
export function checkSeatsKept(former: AvailabilityRecord, edited: AvailabilityChanges): void {
  const seats = Object.values(former.seats);
  if (seats.length === 0) return;
  const refuse = (field: keyof AvailabilityChanges, message: string) => {
    throw new Refusal("HAS_BOOKINGS", `Seats are booked: ${message}`, { [field]: [message] });
  };
  if (former.bookings !== edited.bookings) {
    refuse("bookings", "Whether it takes one booking or several cannot change once a seat is booked.");
  }
  if (seats.length > edited.maxParticipants && !isSeveral(edited)) {
    refuse("maxParticipants", `${seats.length} seats are booked already.`);
  }
  if (isGroup(former) !== isGroup(edited)) {
    refuse("maxParticipants", "It cannot change between one to one and group once a seat is booked.");
  }
  for (const seat of seats) {
    if (!edited.types.includes(seat.type)) refuse("types", "A booked type must stay.");
    const kept = isGroup(edited)
      ? seat.startTime === edited.startTime && seat.endTime === edited.endTime
      : seat.startTime >= edited.startTime && seat.endTime <= edited.endTime;
    if (!kept) refuse("startTime", "A booked meeting must keep its time.");
  }
}
