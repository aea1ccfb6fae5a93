"use client";

import type { RouterOutputs } from "@kumite/api";
import { isGroup, isSeveral } from "@kumite/core/availabilities/capacity";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { ButtonLink } from "#components/ui/button.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { EmptyState } from "#components/ui/states.tsx";
import { notify } from "#components/ui/toast.tsx";
import { useNow } from "#lib/now.tsx";
import { paths } from "#lib/paths.ts";
import { useHydrated } from "#lib/use-hydrated.ts";
import { useCommunity } from "#member/community.ts";
import { useOwnProfile } from "#member/member.tsx";
import { useZone } from "#member/zone.tsx";
import { useTRPC } from "#trpc/client.tsx";
import { AvailabilityError } from "./availability-error.tsx";
import { AvailabilityForm } from "./availability-form.tsx";
import { toValues } from "./availability-values.ts";
import { bookedParts } from "./booked-parts.ts";
import { FormSkeleton } from "./form-skeleton.tsx";

type Availability = RouterOutputs["availability"]["get"];

/** Edits the member's own availability. */
export function EditPage({ owner, id }: { owner: string; id: string }) {
  const trpc = useTRPC();
  const { types } = useCommunity();
  const { profile: me } = useOwnProfile();
  // In the server's HTML the form's fields would be empty.
  const isHydrated = useHydrated();
  // No refetch during an edit: it would replace what the member types.
  const query = useQuery(
    trpc.availability.get.queryOptions({ owner, id }, { staleTime: Number.POSITIVE_INFINITY }),
  );
  if (query.isError && !query.data)
    return <AvailabilityError error={query.error} retry={() => void query.refetch()} />;
  return (
    <div className="mx-auto max-w-2xl">
      <PageHeader title="Edit your open time" />
      {isHydrated && query.data && me && types.length > 0 ? (
        <Editor availability={query.data} isOwn={owner === me.username} />
      ) : (
        <FormSkeleton />
      )}
    </div>
  );
}

function formOf(availability: Availability): string {
  if (isGroup(availability)) return "a group";
  return isSeveral(availability) ? "one to one with several bookings" : "one to one";
}

function Editor({ availability, isOwn }: { availability: Availability; isOwn: boolean }) {
  const router = useRouter();
  const zone = useZone();
  const now = useNow();
  const trpc = useTRPC();
  const { startTime, endTime, participants } = availability;
  const { data: calendar } = useQuery(
    trpc.calendar.get.queryOptions({ from: startTime, to: endTime }, { enabled: participants.length > 0 }),
  );
  const booked = bookedParts(availability, calendar?.meetings);
  const here = paths.availability(availability.owner, availability.id);
  if (!isOwn || availability.endTime <= now) {
    return (
      <EmptyState
        title={isOwn ? "Its time has passed" : "This open time is someone else’s"}
        action={<ButtonLink href={here}>Go to the open time</ButtonLink>}
      >
        {isOwn ? "You can no longer change it." : "Only its owner can change it."}
      </EmptyState>
    );
  }
  return (
    <>
      {booked && (
        <p className="mb-7 rounded bg-sunken px-4 py-3">
          {isGroup(availability) ? "Seats are booked" : "It is booked"}, so its time and the booked kind stay
          as they are, and it stays {formOf(availability)}. You can change the rest: booked meetings change
          too.
        </p>
      )}
      <AvailabilityForm
        key={zone}
        id={availability.id}
        booked={booked}
        initial={toValues(availability, zone)}
        onSaved={() => {
          notify("Saved");
          router.push(here);
        }}
      />
    </>
  );
}
