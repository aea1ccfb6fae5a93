import type { Meeting } from "@kumite/core/meetings/schema";
import { overlaps, type Times } from "./offer.ts";

/** The scheduled meetings that somebody has, by id. */
export type Agenda = ReadonlyMap<string, Meeting>;

/** Whether somebody has a meeting then, but for those in an availability. */
export function isBusy(agenda: Agenda, span: Times, except: string): boolean {
  return [...agenda.values()].some((other) => other.availabilityId !== except && overlaps(other, span));
}

/** The parts of some meetings that lie in an availability, but for its own. */
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

/** The UTC days that an availability touches. What somebody has on two of them is not read at one moment. */
export function daysOf({ startTime, endTime }: Times): Times[] {
  const first = Math.floor(Date.parse(startTime) / day);
  const last = Math.ceil(Date.parse(endTime) / day);
  return Array.from({ length: last - first }, (_, index) => ({
    startTime: new Date((first + index) * day).toISOString(),
    endTime: new Date((first + index + 1) * day).toISOString(),
  }));
}
