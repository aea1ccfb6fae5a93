"use client";

import type { RouterOutputs } from "@kumite/api";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { ButtonLink } from "#components/ui/button.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { EmptyState } from "#components/ui/states.tsx";
import { notify } from "#components/ui/toast.tsx";
import { useOwnProfile } from "#features/profile/member.tsx";
import { useZone } from "#features/profile/zone.tsx";
import { useNow } from "#lib/now.tsx";
import { paths } from "#lib/paths.ts";
import { useHydrated } from "#lib/use-hydrated.ts";
import { useTRPC } from "#trpc/client.tsx";
import { bookedParts } from "./booked-parts.ts";
import { useCommunity } from "./community.ts";
import { FormSkeleton } from "./form-skeleton.tsx";
import { isGroup } from "./starts.ts";
import { WindowForm } from "./window-form.tsx";
import { WindowNotShown } from "./window-not-shown.tsx";
import { toValues } from "./window-values.ts";

type Availability = RouterOutputs["availability"]["get"];

/** Edits one's own window. */
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
    return <WindowNotShown error={query.error} retry={() => void query.refetch()} />;
  return (
    <div className="mx-auto max-w-2xl">
      <PageHeader title="Edit your window" />
      {isHydrated && query.data && me && types.length > 0 ? (
        <Editor window={query.data} isOwn={owner === me.username} />
      ) : (
        <FormSkeleton />
      )}
    </div>
  );
}

function formOf(window: Availability): string {
  if (isGroup(window)) return "a group";
  return window.bookings === "several" ? "one to one with several bookings" : "one to one";
}

function Editor({ window, isOwn }: { window: Availability; isOwn: boolean }) {
  const router = useRouter();
  const zone = useZone();
  const now = useNow();
  const trpc = useTRPC();
  const { startTime, endTime, participants } = window;
  const { data: calendar } = useQuery(
    trpc.calendar.get.queryOptions({ from: startTime, to: endTime }, { enabled: participants.length > 0 }),
  );
  const booked = bookedParts(window, calendar?.meetings);
  const here = paths.window(window.owner, window.id);
  if (!isOwn || window.endTime <= now) {
    return (
      <EmptyState
        title={isOwn ? "Its time has passed" : "This window is somebody else’s"}
        action={<ButtonLink href={here}>To the window</ButtonLink>}
      >
        {isOwn ? "What is over cannot be changed." : "Only its owner can change it."}
      </EmptyState>
    );
  }
  return (
    <>
      {booked && (
        <p className="mb-7 rounded bg-sunken px-4 py-3">
          {isGroup(window) ? "Seats are booked" : "It is booked"}, so its time and the booked kind stay as
          they are, and it stays {formOf(window)}. The rest can change: booked meetings follow.
        </p>
      )}
      <WindowForm
        key={zone}
        id={window.id}
        booked={booked}
        initial={toValues(window, zone)}
        onSaved={() => {
          notify("Saved");
          router.push(here);
        }}
      />
    </>
  );
}
