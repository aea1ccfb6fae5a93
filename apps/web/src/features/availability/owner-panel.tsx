import type { RouterOutputs } from "@kumite/api";
import { isGroup, isSeveral } from "@kumite/core/availabilities/capacity";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { ButtonLink } from "#components/ui/button.tsx";
import { useClock } from "#lib/clock.tsx";
import { useNow } from "#lib/now.tsx";
import { paths } from "#lib/paths.ts";
import { dayOf, formatDay, formatTime } from "#lib/time.ts";
import { useZone } from "#member/zone.tsx";
import { useTRPC } from "#trpc/client.tsx";
import { whileVisible } from "#trpc/while-visible.ts";
import { Members } from "./availability-details.tsx";
import { TakenTimes } from "./taken-times.tsx";

type Availability = RouterOutputs["availability"]["get"];

// Only an owner needs a dialog here.
const CancelAvailability = dynamic(() =>
  import("./cancel-availability.tsx").then((module) => module.CancelAvailability),
);
const DeleteAvailability = dynamic(() =>
  import("./delete-availability.tsx").then((module) => module.DeleteAvailability),
);

/** Shows the owner who has a seat and when, and the changes that they can make. */
export function OwnerPanel({ availability }: { availability: Availability }) {
  const trpc = useTRPC();
  const now = useNow();
  const zone = useZone();
  const clock = useClock();
  const { participants } = availability;
  const { data: calendar } = useQuery(
    trpc.calendar.get.queryOptions({ from: availability.startTime, to: availability.endTime }, whileVisible),
  );
  const meetings = (calendar?.meetings ?? []).filter(
    ({ availabilityId, status }) => availabilityId === availability.id && status === "SCHEDULED",
  );
  const meetingOf = (username: string) => meetings.find(({ participant }) => participant === username);
  const startOf = (username: string) => meetingOf(username)?.startTime ?? "";
  const timeOf = (username: string) => {
    const start = startOf(username);
    if (!start) return undefined;
    const day = dayOf(start, zone);
    const isFirstDay = day === dayOf(availability.startTime, zone);
    return `${isFirstDay ? "" : `${formatDay(day)}, `}${formatTime(start, zone, clock)}`;
  };
  const isOver = availability.endTime <= now;
  const isOpen = !isOver && availability.status !== "CANCELED";
  const isKnown = meetings.length === participants.length;
  const closed = availability.taken.filter(
    ({ startTime }) => isKnown && !meetings.some((meeting) => meeting.startTime === startTime),
  );
  return (
    <section className="grid gap-5">
      <h2 className="text-xl">{titleOf(availability, isOver)}</h2>
      {participants.length > 0 && (
        <Members
          members={
            isGroup(availability)
              ? participants
              : participants.toSorted((a, b) => (startOf(a.username) < startOf(b.username) ? -1 : 1))
          }
          {...(!isGroup(availability) && { when: timeOf })}
          action={(username) => {
            const meeting = meetingOf(username);
            return (
              meeting && (
                <ButtonLink href={paths.meeting(meeting.id)} size="sm">
                  Meeting
                </ButtonLink>
              )
            );
          }}
        />
      )}
      {isOpen && participants.length === 0 && (
        <p className="text-ink-soft">
          {isGroup(availability) ? "Nobody has a seat yet." : "Nobody has booked it yet."} Members of its
          cohorts see it in Find.
        </p>
      )}
      {isOpen && closed.length > 0 && (
        <p className="text-ink-soft">
          Closed, because you canceled:{" "}
          <TakenTimes availability={{ ...availability, taken: closed }} most={12} />
        </p>
      )}
      {!isOver && (
        <div className="flex flex-wrap gap-3">
          <ButtonLink href={paths.editAvailability(availability.owner, availability.id)}>
            {availability.status === "CANCELED" ? "Edit and open again" : "Edit"}
          </ButtonLink>
          {participants.length > 0 ? (
            <CancelAvailability availability={availability} />
          ) : (
            <DeleteAvailability id={availability.id} />
          )}
        </div>
      )}
    </section>
  );
}

function titleOf(availability: Availability, isOver: boolean): string {
  const { participants, maxParticipants, status } = availability;
  if (status === "CANCELED" && participants.length === 0) return "Canceled";
  if (isGroup(availability)) return `${participants.length} of ${maxParticipants} seats taken`;
  if (participants.length === 0) return isOver ? "Over" : "Open";
  if (isSeveral(availability) && status === "SCHEDULED" && !isOver) {
    return `${participants.length} booked, the rest is open`;
  }
  return "Booked";
}
