import { isGroup } from "@kumite/core/availabilities/capacity";
import { compareTexts, minutesBetween } from "@kumite/core/instant";
import { Badge } from "#components/ui/badge.tsx";
import { Link } from "#components/ui/link.tsx";
import { possibleStarts, seatsLeft, takenTimes } from "#features/availability/starts.ts";
import { TakenTimes } from "#features/availability/taken-times.tsx";
import { useClock } from "#lib/clock.tsx";
import { useNow } from "#lib/now.tsx";
import { paths } from "#lib/paths.ts";
import { formatDay, formatDuration, formatTime, formatTimeRange, groupByDay, nameDay } from "#lib/time.ts";
import { useCommunity } from "#member/community.ts";
import { useZone } from "#member/zone.tsx";
import type { FoundAvailability } from "./busy.ts";

type AvailabilityListProps = {
  availabilities: FoundAvailability[];
  /** The kind in the filters: preselected when an availability is opened. */
  preferredType: string | undefined;
};

/** Availabilities by day, in the member's zone. One that has begun is listed under the day of its next possible start. */
export function AvailabilityList({ availabilities, preferredType }: AvailabilityListProps) {
  const zone = useZone();
  const now = useNow();
  const open = availabilities.flatMap((availability) => {
    const [next] = possibleStarts(availability, now);
    return next ? [{ availability, next }] : [];
  });
  const days = groupByDay(open, ({ next }) => next, zone).sort((a, b) => compareTexts(a.day, b.day));
  return (
    <div className="grid gap-10">
      {days.map(({ day, items }) => (
        <section key={day} aria-labelledby={`day-${day}`}>
          <h2 id={`day-${day}`} className="sticky top-16 z-10 bg-paper py-2 text-lg">
            <DayName day={day} now={now} zone={zone} />
          </h2>
          <ul className="border-line border-b">
            {items.map(({ availability }) => (
              <li key={availability.id} className="border-line border-t">
                <AvailabilityRow availability={availability} preferredType={preferredType} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function DayName({ day, now, zone }: { day: string; now: string; zone: string }) {
  const name = nameDay(day, now, zone);
  const date = formatDay(day, { instant: now, zone });
  if (!name) return date;
  return (
    <>
      {name} <span className="ml-1 font-normal text-ink-soft">{date}</span>
    </>
  );
}

function AvailabilityRow({
  availability,
  preferredType,
}: {
  availability: FoundAvailability;
  preferredType: string | undefined;
}) {
  const zone = useZone();
  const clock = useClock();
  const { labelOf, cohortLabelOf } = useCommunity();
  const href =
    paths.availability(availability.owner, availability.id) +
    (preferredType && availability.types.includes(preferredType) ? `?type=${preferredType}` : "");
  return (
    <Link
      href={href}
      className="-mx-2 grid gap-x-6 gap-y-1.5 rounded px-2 py-4 hover:bg-sunken sm:grid-cols-[12rem_1fr_auto] sm:items-center"
    >
      <span className="font-semibold text-lg sm:text-base">
        {formatTimeRange(availability.startTime, availability.endTime, zone, clock)}
      </span>
      <span className="grid min-w-0 gap-1.5">
        <span className="wrap-anywhere">
          <span className="font-medium">{availability.ownerDisplayName}</span>
          {availability.ownerCohort && (
            <span className="text-ink-soft"> · {cohortLabelOf(availability.ownerCohort)}</span>
          )}
        </span>
        <span className="flex flex-wrap gap-1.5">
          {availability.types.map((type) => (
            <Badge key={type}>{labelOf(type)}</Badge>
          ))}
        </span>
        {takenTimes(availability).length > 0 && (
          <span className="text-ink-soft text-sm">
            Taken: <TakenTimes availability={availability} most={3} />
          </span>
        )}
        {availability.clash && (
          <span className="text-danger text-sm">
            Clashes with your meeting at {formatTime(availability.clash.startTime, zone, clock)}
          </span>
        )}
      </span>
      <span className="text-ink-soft text-sm sm:text-right">
        {formatDuration(
          isGroup(availability)
            ? minutesBetween(availability.startTime, availability.endTime)
            : availability.durationMinutes,
        )}
        <span className="sm:block">
          <span className="sm:hidden"> · </span>
          {isGroup(availability)
            ? `${seatsLeft(availability)} of ${availability.maxParticipants} seats left`
            : "One to one"}
        </span>
      </span>
    </Link>
  );
}
