"use client";

import { useRouter, useSearchParams } from "next/navigation";
import { PageHeader } from "#components/ui/page-header.tsx";
import { notify } from "#components/ui/toast.tsx";
import { useNow } from "#lib/now.tsx";
import { paths } from "#lib/paths.ts";
import { useHydrated } from "#lib/use-hydrated.ts";
import { useCommunity } from "#member/community.ts";
import { useOwnProfile } from "#member/member.tsx";
import { useZone } from "#member/zone.tsx";
import { AvailabilityForm } from "./availability-form.tsx";
import { newAvailability } from "./availability-values.ts";
import { FormSkeleton } from "./form-skeleton.tsx";

/** Posts an availability. */
export function PostPage() {
  const router = useRouter();
  const zone = useZone();
  const now = useNow();
  const { cohorts, types } = useCommunity();
  const { profile: me } = useOwnProfile();
  const day = useSearchParams().get("day");
  // In the server's HTML the form's fields would be empty.
  const isReady = useHydrated() && me && types.length > 0;
  return (
    <div className="mx-auto max-w-2xl">
      <PageHeader
        title="Post an open time"
        lead="Say when you have time and for what. Others find it and book it."
      />
      {isReady ? (
        <AvailabilityForm
          // Clock readings are invalid in another zone: the form starts again.
          key={zone}
          initial={newAvailability(zone, now, { day, cohorts, types: types.slice(0, 1).map(({ id }) => id) })}
          onSaved={({ owner, id }) => {
            notify("Posted", "Members can find it from now on.");
            router.push(paths.availability(owner, id));
          }}
        />
      ) : (
        <FormSkeleton />
      )}
    </div>
  );
}
