import type { RouterOutputs } from "@kumite/api";
import { isGroup } from "@kumite/core/availabilities/capacity";
import { compareTexts } from "@kumite/core/instant";
import { seatsLeft } from "#features/availability/starts.ts";
import { paths } from "#lib/paths.ts";

type Calendar = RouterOutputs["calendar"]["get"];
type Availability = Calendar["availabilities"][number];
type Meeting = Calendar["meetings"][number];

/** `open`: the member's own availability that can still be booked. */
export type Look = "meeting" | "open" | "canceled";

/** An entry of the calendar. */
export type CalendarEvent = {
  id: string;
  title: string;
  start: string;
  end: string;
  url: string;
  look: Look;
};

/**
 * Returns the entries of a member's calendar. A booked availability appears as its meeting, and the member's own group as
 * one entry instead of a meeting for each seat.
 * @param labelOf returns the label of a kind of session
 */
export function toEvents(
  { availabilities, meetings }: Pick<Calendar, "availabilities" | "meetings">,
  username: string,
  labelOf: (type: string) => string,
): CalendarEvent[] {
  const groups = new Set(availabilities.filter(isGroup).map(({ id }) => id));
  const isSeatOfOwnGroup = ({ owner, availabilityId }: Meeting) =>
    owner === username && groups.has(availabilityId);
  const shownMeetings = meetings.filter((meeting) => !isSeatOfOwnGroup(meeting));
  const met = new Set(shownMeetings.map(({ availabilityId }) => availabilityId));
  const shownAvailabilities = availabilities.filter(
    ({ id, status }) => status === "SCHEDULED" || !met.has(id),
  );
  return [
    ...shownAvailabilities.map((availability) => availabilityEvent(availability, labelOf)),
    ...shownMeetings.map((meeting) => meetingEvent(meeting, username, labelOf)),
  ].sort((a, b) => compareTexts(a.start, b.start));
}

/** Says how many canceled meetings the API left out; they start before the canceled ones that are shown. */
export function leftOutText(count: number): string {
  if (count === 1) return "1 earlier canceled meeting is not shown.";
  // The API does not count all of thousands.
  return `${count > 999 ? "More than 999" : count} earlier canceled meetings are not shown.`;
}

function availabilityEvent(availability: Availability, labelOf: (type: string) => string): CalendarEvent {
  const types = availability.types.map(labelOf).join(", ");
  const taken = availability.maxParticipants - seatsLeft(availability);
  return {
    id: availability.id,
    title: isGroup(availability)
      ? `${types} · ${taken} of ${availability.maxParticipants} seats taken`
      : `${availability.status === "CANCELED" ? "Canceled" : "Open"} · ${types}`,
    start: availability.startTime,
    end: availability.endTime,
    url: paths.availability(availability.owner, availability.id),
    look:
      availability.status === "CANCELED"
        ? "canceled"
        : isGroup(availability) && taken > 0
          ? "meeting"
          : "open",
  };
}

function meetingEvent(meeting: Meeting, username: string, labelOf: (type: string) => string): CalendarEvent {
  const other = meeting.owner === username ? meeting.participantDisplayName : meeting.ownerDisplayName;
  return {
    id: meeting.id,
    title: `${meeting.status === "CANCELED" ? "Canceled · " : ""}${labelOf(meeting.type)} with ${other}`,
    start: meeting.startTime,
    end: meeting.endTime,
    url: paths.meeting(meeting.id),
    look: meeting.status === "CANCELED" ? "canceled" : "meeting",
  };
}
