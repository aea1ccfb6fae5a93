import type { RouterOutputs } from "@kumite/api";
import { useZone } from "#features/profile/zone.tsx";
import { useClock } from "#lib/clock.tsx";
import { dayOf, formatDay, formatTimeRange } from "#lib/time.ts";
import { takenTimes } from "./starts.ts";

type TakenTimesProps = {
  window: RouterOutputs["availability"]["get"];
  /** More than these are counted. */
  most: number;
};

/** When nobody can book a window: `18:00–19:00, 19:30–20:30`; with the day where that is not the window's first. */
export function TakenTimes({ window, most }: TakenTimesProps) {
  const zone = useZone();
  const clock = useClock();
  const times = takenTimes(window);
  const firstDay = dayOf(window.startTime, zone);
  const words = times.slice(0, most).map(({ startTime, endTime }) => {
    const day = dayOf(startTime, zone);
    return `${day === firstDay ? "" : `${formatDay(day)}, `}${formatTimeRange(startTime, endTime, zone, clock)}`;
  });
  const left = times.length - words.length;
  return `${words.join(", ")}${left > 0 ? ` and ${left} more` : ""}`;
}
