"use client";

import { Link } from "#components/ui/link.tsx";
import { useClock } from "#lib/clock.tsx";
import { useNow } from "#lib/now.tsx";
import { paths } from "#lib/paths.ts";
import { abbreviateZone, formatTime } from "#lib/time.ts";
import { useZone } from "#member/zone.tsx";

/** The member's zone and its current time, always visible: every time in the app is in this zone. */
export function ZoneClock() {
  const zone = useZone();
  const clock = useClock();
  const now = useNow();
  return (
    <Link
      href={`${paths.profile}#timezone`}
      title="Every time is shown in this zone. Change it in your profile."
      className="grid min-w-0 justify-items-end rounded px-2 py-1 leading-tight hover:bg-sunken"
    >
      <span className="sr-only">Your time zone: </span>
      <span className="font-medium text-sm">
        {formatTime(now, zone, clock)}{" "}
        <span className="font-normal text-ink-soft">{abbreviateZone(zone, now)}</span>
      </span>
      <span className="max-w-full truncate text-ink-soft text-xs">{zone}</span>
    </Link>
  );
}
