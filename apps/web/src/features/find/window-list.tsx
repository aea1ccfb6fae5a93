import { Badge } from "#components/ui/badge.tsx";
import { Link } from "#components/ui/link.tsx";
import { useCommunity } from "#features/availability/community.ts";
import { isGroup, minutesOf, possibleStarts, seatsLeft, takenTimes } from "#features/availability/starts.ts";
import { TakenTimes } from "#features/availability/taken-times.tsx";
import { useZone } from "#features/profile/zone.tsx";
import { useClock } from "#lib/clock.tsx";
import { useNow } from "#lib/now.tsx";
import { paths } from "#lib/paths.ts";
import { formatDay, formatDuration, formatTime, formatTimeRange, groupByDay, nameDay } from "#lib/time.ts";
import type { FoundWindow } from "./busy.ts";

type WindowListProps = {
  windows: FoundWindow[];
  /** The kind that is looked for: chosen already where a window is opened. */
  preferredType: string | undefined;
};

/** Windows by day, in the member's zone. A window that has begun stands under the day of its next possible start. */
export function WindowList({ windows, preferredType }: WindowListProps) {
  const zone = useZone();
  const now = useNow();
  const open = windows.flatMap((window) => {
    const [next] = possibleStarts(window, now);
    return next ? [{ window, next }] : [];
  });
  const days = groupByDay(open, ({ next }) => next, zone).sort((a, b) => (a.day < b.day ? -1 : 1));
  return (
    <div className="grid gap-10">
      {days.map(({ day, items }) => (
        <section key={day} aria-labelledby={`day-${day}`}>
          <h2 id={`day-${day}`} className="sticky top-16 z-10 bg-paper py-2 text-lg">
            <DayName day={day} now={now} zone={zone} />
          </h2>
          <ul className="border-line border-b">
            {items.map(({ window }) => (
              <li key={window.id} className="border-line border-t">
                <WindowRow window={window} preferredType={preferredType} />
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

function WindowRow({ window, preferredType }: { window: FoundWindow; preferredType: string | undefined }) {
  const zone = useZone();
  const clock = useClock();
  const { labelOf } = useCommunity();
  const href =
    paths.window(window.owner, window.id) +
    (preferredType && window.types.includes(preferredType) ? `?type=${preferredType}` : "");
  return (
    <Link
      href={href}
      className="-mx-2 grid gap-x-6 gap-y-1.5 rounded px-2 py-4 hover:bg-sunken sm:grid-cols-[12rem_1fr_auto] sm:items-center"
    >
      <span className="font-semibold text-lg sm:text-base">
        {formatTimeRange(window.startTime, window.endTime, zone, clock)}
      </span>
      <span className="grid min-w-0 gap-1.5">
        <span className="wrap-anywhere">
          <span className="font-medium">{window.ownerDisplayName}</span>
          {window.ownerCohort && <span className="text-ink-soft"> · {window.ownerCohort}</span>}
        </span>
        <span className="flex flex-wrap gap-1.5">
          {window.types.map((type) => (
            <Badge key={type}>{labelOf(type)}</Badge>
          ))}
        </span>
        {takenTimes(window).length > 0 && (
          <span className="text-ink-soft text-sm">
            Taken: <TakenTimes window={window} most={3} />
          </span>
        )}
        {window.clash && (
          <span className="text-danger text-sm">
            Clashes with your meeting at {formatTime(window.clash.startTime, zone, clock)}
          </span>
        )}
      </span>
      <span className="text-ink-soft text-sm sm:text-right">
        {formatDuration(isGroup(window) ? minutesOf(window) : window.durationMinutes)}
        <span className="sm:block">
          <span className="sm:hidden"> · </span>
          {isGroup(window) ? `${seatsLeft(window)} of ${window.maxParticipants} seats left` : "One to one"}
        </span>
      </span>
    </Link>
  );
}
