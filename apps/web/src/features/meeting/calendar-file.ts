import type { RouterOutputs } from "@kumite/api";
import ical, { ICalCalendarMethod, ICalEventStatus } from "ical-generator";

type CalendarFileContext = {
  /** What the meeting is called, such as `Sparring with Ann`. */
  summary: string;
  /** The meeting's page. */
  url: string;
};

/**
 * A meeting as an iCalendar file (RFC 5545), its times in UTC. Taking it in again replaces what it made before: its
 * UID stays, and once canceled it says so.
 */
export function toCalendarFile(
  meeting: RouterOutputs["meeting"]["get"],
  { summary, url }: CalendarFileContext,
): string {
  const isCanceled = meeting.status === "CANCELED";
  const file = ical({
    prodId: { company: "Kumite", product: "Kumite" },
    method: isCanceled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH,
  });
  file.createEvent({
    id: `${meeting.id}@kumite`,
    sequence: isCanceled ? 1 : 0,
    stamp: new Date(meeting.updatedAt),
    start: new Date(meeting.startTime),
    end: new Date(meeting.endTime),
    summary,
    location: meeting.location,
    description: [meeting.description, meeting.link && `Join: ${meeting.link}`, url]
      .filter(Boolean)
      .join("\n\n"),
    url,
    status: isCanceled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  });
  return file.toString();
}
