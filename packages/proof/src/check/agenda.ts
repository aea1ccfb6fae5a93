import type { Meeting } from "@kumite/core/meetings/schema";
import { overlaps, type Times } from "./offer.ts";

/** A person's scheduled meetings, by id. */
export type Agenda = ReadonlyMap<string, Meeting>;

/** Whether a person has a meeting in this span, except those in the availability `except`. */
export function isBusy(agenda: Agenda, span: Times, except: string): boolean {
  return [...agenda.values()].some((other) => other.availabilityId !== except && overlaps(other, span));
}

/** Returns the parts of meetings that overlap an availability, without its own meetings. */
export function busyTimes(meetings: Iterable<Meeting>, availability: Times, except: string): Times[] {
  return [...meetings]
    .filter((meeting) => meeting.availabilityId !== except && overlaps(meeting, availability))
    .map((meeting) => ({
      startTime: inOrder(meeting.startTime, availability.startTime)[1],
      endTime: inOrder(meeting.endTime, availability.endTime)[0],
    }));
}

function inOrder(a: string, b: string): [string, string] {
  return a < b ? [a, b] : [b, a];
}

const day = 24 * 60 * 60_000;

/**
 * Returns the UTC days that an availability touches. The API does not read a person's meetings of two days at one
 * moment.
 */
export function daysOf({ startTime, endTime }: Times): Times[] {
  const first = Math.floor(Date.parse(startTime) / day);
  const last = Math.ceil(Date.parse(endTime) / day);
  return Array.from({ length: last - first }, (_, index) => ({
    startTime: new Date((first + index) * day).toISOString(),
    endTime: new Date((first + index + 1) * day).toISOString(),
  }));
}
