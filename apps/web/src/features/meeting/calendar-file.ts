import type { RouterOutputs } from "@kumite/api";
import ical, { ICalCalendarMethod, ICalEventStatus } from "ical-generator";

type CalendarFileContext = {
  /** The meeting's title, such as `Sparring with Ann`. */
  summary: string;
  /** The meeting's page. */
  url: string;
};

/**
 * Returns a meeting as an iCalendar file (RFC 5545), with its times in UTC. Importing it again replaces the event: the UID
 * stays the same, and a cancelation cancels it.
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
