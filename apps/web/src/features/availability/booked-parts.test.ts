import { expect, test } from "vitest";
import { bookedParts } from "./booked-parts.ts";

const participants = ["ann", "bo"].map((username) => ({ username, displayName: username, cohort: null }));
const availability = { id: "7", types: ["kata", "lesson", "sparring"], participants };
const seat = { availabilityId: "7", status: "SCHEDULED" as const, type: "lesson" };

test("nothing is fixed while nobody has booked", () => {
  expect(bookedParts({ ...availability, participants: [] }, [seat])).toBeUndefined();
});

test("booked kinds must stay, and as many seats as people", () => {
  const canceled = { ...seat, status: "CANCELED" as const, type: "kata" };
  const other = { ...seat, availabilityId: "8", type: "sparring" };
  expect(bookedParts(availability, [seat, canceled, other, seat])).toEqual({ seats: 2, types: ["lesson"] });
});

test("all kinds must stay while the booked ones are unknown", () => {
  expect(bookedParts(availability, undefined)?.types).toEqual(availability.types);
  expect(bookedParts(availability, [seat])?.types).toEqual(availability.types);
});
