/** Shared by the tests of availability rules: spans of one day, and the content of refusals. */
import { expect } from "vitest";
import type { Span } from "../availabilities/repository.ts";
import { InvalidInput, Refusal } from "../errors.ts";
import { day, hour, shift } from "../instant.ts";
import { availabilityRecord, now } from "./records.ts";

export const morning = now.toISOString();
export const tomorrow = shift(morning, day);

/** A span of tomorrow, from one hour to another. */
export function hours(from: number, to: number): Span {
  return { startTime: shift(tomorrow, from * hour), endTime: shift(tomorrow, to * hour) };
}

/** Three hours of tomorrow, for meetings of an hour each. */
export const several = availabilityRecord({ ...hours(0, 3), bookings: "several" });

/** Returns the reason or the fields of the error that a call throws; neither if it throws none. */
export function thrown(call: () => unknown): { reason?: string; fields?: string[] } {
  try {
    call();
  } catch (error) {
    if (error instanceof Refusal) return { reason: error.reason };
    if (error instanceof InvalidInput) return { fields: fieldsOf(error) };
    throw error;
  }
  return {};
}

/** Returns the reason and the fields of the refusal that a call throws. */
export function refusal(call: () => unknown): [string, ...string[]] {
  try {
    call();
  } catch (error) {
    if (error instanceof Refusal) return [error.reason, ...fieldsOf(error)];
    throw error;
  }
  return expect.unreachable("Nothing was refused");
}

/** The fields with messages. */
function fieldsOf({ fieldErrors = {} }: Refusal | InvalidInput): string[] {
  for (const messages of Object.values(fieldErrors)) expect(messages).toEqual([expect.stringMatching(/\w/)]);
  return Object.keys(fieldErrors);
}
