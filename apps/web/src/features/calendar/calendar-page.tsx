"use client";

import { lazy, Suspense } from "react";
import { ButtonLink } from "#components/ui/button.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { paths } from "#lib/paths.ts";
import { useHydrated } from "#lib/use-hydrated.ts";
import { useZone } from "#member/zone.tsx";
import { CalendarSkeleton } from "./calendar-skeleton.tsx";

// The calendar component is the largest part of the app: only this page loads it, in parallel with the page.
const loadView = () => import("./calendar-view.tsx");
const CalendarView = lazy(async () => ({ default: (await loadView()).CalendarView }));
if (typeof window !== "undefined") void loadView().catch(() => {});

/** The member's own availabilities and meetings. */
export function CalendarPage() {
  const zone = useZone();
  const isHydrated = useHydrated();
  return (
    <>
      <PageHeader
        title="Calendar"
        lead="Your open times and meetings."
        actions={
          <ButtonLink href={paths.post} variant="primary">
            Post an open time
          </ButtonLink>
        }
      />
      {/* It measures the screen, so it cannot render on the server. */}
      {isHydrated ? (
        <Suspense fallback={<CalendarSkeleton />}>
          <CalendarView key={zone} />
        </Suspense>
      ) : (
        <CalendarSkeleton />
      )}
    </>
  );
}
