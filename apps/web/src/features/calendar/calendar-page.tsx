"use client";

import dynamic from "next/dynamic";
import { ButtonLink } from "#components/ui/button.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { useZone } from "#features/profile/zone.tsx";
import { paths } from "#lib/paths.ts";
import { CalendarSkeleton } from "./calendar-skeleton.tsx";

// The calendar component is the heaviest part of the app: it is loaded here only, after the page is there.
const CalendarView = dynamic(() => import("./calendar-view.tsx").then((module) => module.CalendarView), {
  ssr: false,
  loading: CalendarSkeleton,
});

/** The member's own windows and meetings. */
export function CalendarPage() {
  const zone = useZone();
  return (
    <>
      <PageHeader
        title="Calendar"
        lead="Your windows and meetings."
        actions={
          <ButtonLink href={paths.post} variant="primary">
            Post a window
          </ButtonLink>
        }
      />
      <CalendarView key={zone} />
    </>
  );
}
