import type { RouterOutputs } from "@kumite/api";

type Availability = RouterOutputs["availability"]["get"];
type Meeting = RouterOutputs["meeting"]["get"];

/** What booked seats fix, besides the time and whether the availability is a group. */
export type BookedParts = {
  /** Kinds that must stay. */
  types: readonly string[];
  /** The least number of seats. */
  seats: number;
};

/**
 * Returns what an edit must not change; undefined if no seat is booked.
 * @param meetings the owner's meetings around the availability; while the booked kinds are unknown, all kinds must stay
 */
export function bookedParts(
  { id, participants, types }: Pick<Availability, "id" | "participants" | "types">,
  meetings: readonly Pick<Meeting, "availabilityId" | "status" | "type">[] | undefined,
): BookedParts | undefined {
  const seats = participants.length;
  if (seats === 0) return undefined;
  const booked = meetings?.filter(
    ({ availabilityId, status }) => availabilityId === id && status === "SCHEDULED",
  );
  const isKnown = booked !== undefined && booked.length >= seats;
  return {
    seats,
    types: isKnown ? types.filter((type) => booked.some((meeting) => meeting.type === type)) : types,
  };
}
