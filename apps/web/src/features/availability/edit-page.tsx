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

/** Edits one's own availability. */
export function EditPage({ owner, id }: { owner: string; id: string }) {
  const trpc = useTRPC();
  const { types } = useCommunity();
  const { profile: me } = useOwnProfile();
  // On the server the fields of a form would stand empty.
  const isHydrated = useHydrated();
  // Not fetched anew while it is edited: what stands in the form would be changed under the member's hands.
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
        title={isOwn ? "Its time has passed" : "This open time is somebody else’s"}
        action={<ButtonLink href={here}>To the open time</ButtonLink>}
      >
        {isOwn ? "What is over cannot be changed." : "Only its owner can change it."}
      </EmptyState>
    );
  }
  return (
    <>
      {booked && (
        <p className="mb-7 rounded bg-sunken px-4 py-3">
          {isGroup(availability) ? "Seats are booked" : "It is booked"}, so its time and the booked kind stay
          as they are, and it stays {formOf(availability)}. The rest can change: booked meetings follow.
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
