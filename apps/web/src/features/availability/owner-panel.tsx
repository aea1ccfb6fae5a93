import type { RouterOutputs } from "@kumite/api";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { ButtonLink } from "#components/ui/button.tsx";
import { useNow } from "#lib/now.tsx";
import { paths } from "#lib/paths.ts";
import { useTRPC } from "#trpc/client.tsx";
import { whileVisible } from "#trpc/while-visible.ts";
import { isGroup } from "./starts.ts";
import { Members } from "./window-details.tsx";

// Only an owner needs a dialog here.
const DeleteWindow = dynamic(() => import("./delete-window.tsx").then((module) => module.DeleteWindow));

/** Who has a seat, and what the owner can change. */
export function OwnerPanel({ window }: { window: RouterOutputs["availability"]["get"] }) {
  const trpc = useTRPC();
  const now = useNow();
  const { participants, maxParticipants } = window;
  const { data: calendar } = useQuery(
    trpc.calendar.get.queryOptions({ from: window.startTime, to: window.endTime }, whileVisible),
  );
  const meetingOf = (username: string) =>
    calendar?.meetings.find(
      (meeting) =>
        meeting.status === "SCHEDULED" &&
        meeting.availabilityId === window.id &&
        meeting.participant === username,
    );
  const isOver = window.endTime <= now;
  return (
    <section className="grid gap-5">
      <h2 className="text-xl">{titleOf(window, isOver)}</h2>
      {participants.length > 0 && (
        <Members
          members={participants}
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
      {!isOver && participants.length === 0 && window.status !== "CANCELED" && (
        <p className="text-ink-soft">
          {maxParticipants > 1 ? "Nobody has a seat yet." : "Nobody has booked it yet."} Members of its
          cohorts see it in Find.
        </p>
      )}
      {!isOver && (
        <div className="flex flex-wrap gap-3">
          <ButtonLink href={paths.editWindow(window.owner, window.id)}>
            {window.status === "CANCELED" ? "Edit and open again" : "Edit"}
          </ButtonLink>
          {participants.length === 0 && <DeleteWindow id={window.id} />}
        </div>
      )}
      {!isOver && participants.length > 0 && (
        <p className="text-ink-soft text-sm">
          To withdraw it, cancel {participants.length > 1 ? "its meetings" : "the meeting"} first.
        </p>
      )}
    </section>
  );
}

function titleOf(window: RouterOutputs["availability"]["get"], isOver: boolean): string {
  const { participants, maxParticipants, status } = window;
  if (isGroup(window)) return `${participants.length} of ${maxParticipants} seats taken`;
  if (participants.length > 0) return "Booked";
  if (status === "CANCELED") return "Withdrawn";
  return isOver ? "Over" : "Open";
}
