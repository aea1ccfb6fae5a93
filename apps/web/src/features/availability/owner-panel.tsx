import type { RouterOutputs } from "@kumite/api";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { ButtonLink } from "#components/ui/button.tsx";
import { useZone } from "#features/profile/zone.tsx";
import { useClock } from "#lib/clock.tsx";
import { useNow } from "#lib/now.tsx";
import { paths } from "#lib/paths.ts";
import { dayOf, formatDay, formatTime } from "#lib/time.ts";
import { useTRPC } from "#trpc/client.tsx";
import { whileVisible } from "#trpc/while-visible.ts";
import { isGroup } from "./starts.ts";
import { TakenTimes } from "./taken-times.tsx";
import { Members } from "./window-details.tsx";

type Availability = RouterOutputs["availability"]["get"];

// Only an owner needs a dialog here.
const CancelWindow = dynamic(() => import("./cancel-window.tsx").then((module) => module.CancelWindow));
const DeleteWindow = dynamic(() => import("./delete-window.tsx").then((module) => module.DeleteWindow));

/** Who has a seat and when, and what the owner can change. */
export function OwnerPanel({ window }: { window: Availability }) {
  const trpc = useTRPC();
  const now = useNow();
  const zone = useZone();
  const clock = useClock();
  const { participants, maxParticipants } = window;
  const { data: calendar } = useQuery(
    trpc.calendar.get.queryOptions({ from: window.startTime, to: window.endTime }, whileVisible),
  );
  const meetings = (calendar?.meetings ?? []).filter(
    ({ availabilityId, status }) => availabilityId === window.id && status === "SCHEDULED",
  );
  const meetingOf = (username: string) => meetings.find(({ participant }) => participant === username);
  const startOf = (username: string) => meetingOf(username)?.startTime ?? "";
  const timeOf = (username: string) => {
    const start = startOf(username);
    if (!start) return undefined;
    const day = dayOf(start, zone);
    const isFirstDay = day === dayOf(window.startTime, zone);
    return `${isFirstDay ? "" : `${formatDay(day)}, `}${formatTime(start, zone, clock)}`;
  };
  const isOver = window.endTime <= now;
  const isOpen = !isOver && window.status !== "CANCELED";
  const isKnown = meetings.length === participants.length;
  const closed = window.taken.filter(
    ({ startTime }) => isKnown && !meetings.some((meeting) => meeting.startTime === startTime),
  );
  return (
    <section className="grid gap-5">
      <h2 className="text-xl">{titleOf(window, isOver)}</h2>
      {participants.length > 0 && (
        <Members
          members={
            isGroup(window)
              ? participants
              : participants.toSorted((a, b) => (startOf(a.username) < startOf(b.username) ? -1 : 1))
          }
          {...(!isGroup(window) && { when: timeOf })}
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
          {maxParticipants > 1 ? "Nobody has a seat yet." : "Nobody has booked it yet."} Members of its
          cohorts see it in Find.
        </p>
      )}
      {isOpen && closed.length > 0 && (
        <p className="text-ink-soft">
          Closed, since you canceled there: <TakenTimes window={{ ...window, taken: closed }} most={12} />
        </p>
      )}
      {!isOver && (
        <div className="flex flex-wrap gap-3">
          <ButtonLink href={paths.editWindow(window.owner, window.id)}>
            {window.status === "CANCELED" ? "Edit and open again" : "Edit"}
          </ButtonLink>
          {participants.length > 0 ? <CancelWindow window={window} /> : <DeleteWindow id={window.id} />}
        </div>
      )}
    </section>
  );
}

function titleOf(window: Availability, isOver: boolean): string {
  const { participants, maxParticipants, status, bookings } = window;
  if (status === "CANCELED" && participants.length === 0) return "Canceled";
  if (isGroup(window)) return `${participants.length} of ${maxParticipants} seats taken`;
  if (participants.length === 0) return isOver ? "Over" : "Open";
  if (bookings === "several" && status === "SCHEDULED" && !isOver) {
    return `${participants.length} booked, the rest is open`;
  }
  return "Booked";
}
