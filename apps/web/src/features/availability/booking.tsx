import type { RouterOutputs } from "@kumite/api";
import { isGroup, isSeveral } from "@kumite/core/availabilities/capacity";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter, useSearchParams } from "next/navigation";
import { type FormEvent, useState } from "react";
import { FormError } from "#components/ui/form-error.tsx";
import { Link } from "#components/ui/link.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { notify } from "#components/ui/toast.tsx";
import { useClock } from "#lib/clock.tsx";
import { explain, refusalReason } from "#lib/errors.ts";
import { useNow } from "#lib/now.tsx";
import { paths } from "#lib/paths.ts";
import { dayOf, formatDay, formatTime } from "#lib/time.ts";
import { useZone } from "#member/zone.tsx";
import { useTRPC } from "#trpc/client.tsx";
import { StartChoice, TypeChoice } from "./booking-choices.tsx";
import { useRefresh } from "./refresh.ts";
import { SimilarAvailabilities } from "./similar-availabilities.tsx";
import { firstOverlap, meetingSpan, possibleStarts } from "./starts.ts";
import { TwoClocks } from "./two-clocks.tsx";

type Availability = RouterOutputs["availability"]["get"];
type Meeting = RouterOutputs["meeting"]["get"];

type BookingProps = {
  availability: Availability;
  owner: RouterOutputs["user"]["get"] | undefined;
  /** The member's own meetings around the availability. */
  meetings: readonly Meeting[];
  /** Called when someone else has just booked it and nothing is left. */
  onTaken: () => void;
};

/**
 * Lets the member choose a kind and a start if there are several, and books. A free start is preselected, so that one
 * press is enough; the button says what it books.
 */
export function Booking({ availability, owner, meetings, onTaken }: BookingProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const zone = useZone();
  const clock = useClock();
  const now = useNow();
  const refresh = useRefresh();
  const preferred = useSearchParams().get("type");
  const [chosen, setChosen] = useState<{ start?: string; type?: string }>({});
  const [ownerBusyAt, setOwnerBusyAt] = useState<string[]>([]);

  const starts = possibleStarts(availability, now);
  const isFree = (start: string) =>
    !ownerBusyAt.includes(start) && !firstOverlap(meetingSpan(availability, start), meetings);
  const start =
    [chosen.start, starts.find(isFree), starts[0]].find((one) => one && starts.includes(one)) ?? "";
  const type =
    [chosen.type, preferred, availability.types[0]].find((one) => one && availability.types.includes(one)) ??
    "";
  const span = meetingSpan(availability, start);
  const conflict = firstOverlap(span, meetings);

  const book = useMutation(
    trpc.availability.book.mutationOptions({
      onSuccess: (meeting) => {
        queryClient.setQueryData(trpc.meeting.get.queryKey({ id: meeting.id }), meeting);
        refresh();
        notify("Booked", `It is in your calendar and in ${availability.ownerDisplayName}’s.`);
        router.push(paths.meeting(meeting.id));
      },
      onError: (error) => {
        const reason = refusalReason(error);
        if (reason === "OWNER_BUSY") setOwnerBusyAt((times) => [...times, start]);
        if (reason === "ALREADY_BOOKED" && !isSeveral(availability)) onTaken();
        if (reason) refresh();
      },
    }),
  );

  function choose(part: { start?: string; type?: string }) {
    book.reset();
    setChosen((former) => ({ ...former, ...part }));
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    const { owner, id } = availability;
    book.mutate({ owner, id, type, ...(!isGroup(availability) && { startTime: start }) });
  }
  if (ownerBusyAt.length > 0 && !starts.some(isFree)) {
    return (
      <SimilarAvailabilities
        availability={availability}
        because={`${availability.ownerDisplayName} has another meeting then.`}
      />
    );
  }
  return (
    <form onSubmit={submit} className="grid gap-6">
      {availability.types.length > 1 && (
        <TypeChoice types={availability.types} value={type} onChange={(type) => choose({ type })} />
      )}
      {starts.length > 1 && (
        <StartChoice starts={starts} isFree={isFree} value={start} onChange={(start) => choose({ start })} />
      )}
      <TwoClocks {...span} other={owner} />
      {conflict ? (
        <Conflict meeting={conflict} hasChoice={starts.some(isFree)} />
      ) : (
        <Refused error={book.error} takesSeveral={isSeveral(availability)} />
      )}
      <SubmitButton pending={book.isPending} disabled={!isFree(start)}>
        Book {formatDay(dayOf(start, zone))}, {formatTime(start, zone, clock)}
      </SubmitButton>
    </form>
  );
}

function Conflict({ meeting, hasChoice }: { meeting: Meeting; hasChoice: boolean }) {
  const zone = useZone();
  const clock = useClock();
  return (
    <p role="status" className="rounded bg-sunken px-4 py-3 text-sm">
      You have{" "}
      <Link href={paths.meeting(meeting.id)} className="link">
        another meeting
      </Link>{" "}
      from {formatTime(meeting.startTime, zone, clock)} to {formatTime(meeting.endTime, zone, clock)}.{" "}
      {hasChoice
        ? "Choose another time, or cancel that one first."
        : "To book this one, cancel that one first."}
    </p>
  );
}

function Refused({ error, takesSeveral }: { error: unknown; takesSeveral: boolean }) {
  if (!error) return null;
  const { title, detail } = explain(error);
  const hasOtherTimes = takesSeveral && refusalReason(error) === "ALREADY_BOOKED";
  return (
    <FormError>
      <strong className="block">{title}</strong>
      {hasOtherTimes ? "Someone has booked this time. Choose another." : detail}
      {refusalReason(error) === "COHORT_NOT_ALLOWED" && (
        <Link href={paths.profile} className="block underline">
          Go to my profile
        </Link>
      )}
    </FormError>
  );
}
