import type { RouterOutputs } from "@kumite/api";
import { useClock } from "#lib/clock.tsx";
import { dayOf, formatDay, formatTimeRange } from "#lib/time.ts";
import { useZone } from "#member/zone.tsx";
import { takenTimes } from "./starts.ts";

type TakenTimesProps = {
  availability: RouterOutputs["availability"]["get"];
  /** Times beyond these are only counted. */
  most: number;
};

/** The taken times of an availability: `18:00–19:00, 19:30–20:30`; with the day if it is not the availability's first. */
export function TakenTimes({ availability, most }: TakenTimesProps) {
  const zone = useZone();
  const clock = useClock();
  const times = takenTimes(availability);
  const firstDay = dayOf(availability.startTime, zone);
  const words = times.slice(0, most).map(({ startTime, endTime }) => {
    const day = dayOf(startTime, zone);
    return `${day === firstDay ? "" : `${formatDay(day)}, `}${formatTimeRange(startTime, endTime, zone, clock)}`;
  });
  const left = times.length - words.length;
  return `${words.join(", ")}${left > 0 ? ` and ${left} more` : ""}`;
}
