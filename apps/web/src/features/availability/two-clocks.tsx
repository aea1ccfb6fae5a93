import { useClock } from "#lib/clock.tsx";
import { useNow } from "#lib/now.tsx";
import { dayOf, formatDay, formatTimeRange, formatZone } from "#lib/time.ts";
import { useZone } from "#member/zone.tsx";

type TwoClocksProps = {
  startTime: string;
  endTime: string;
  other: { displayName: string; timezone: string | null } | undefined;
};

/** A span in the member's time zone, and in the other person's. */
export function TwoClocks({ startTime, endTime, other }: TwoClocksProps) {
  const zone = useZone();
  const theirs = other?.timezone;
  return (
    <dl className="grid gap-3">
      <Clock name={theirs === zone ? "For both of you" : "For you"} zone={zone} {...{ startTime, endTime }} />
      {other && theirs && theirs !== zone && (
        <Clock name={`For ${other.displayName}`} zone={theirs} {...{ startTime, endTime }} />
      )}
    </dl>
  );
}

type ClockProps = { name: string; zone: string; startTime: string; endTime: string };

function Clock({ name, zone, startTime, endTime }: ClockProps) {
  const now = useNow();
  const clock = useClock();
  return (
    <div>
      <dt className="text-ink-soft text-sm">{name}</dt>
      <dd>
        <span className="font-semibold">
          {formatDay(dayOf(startTime, zone), { instant: now, zone })},{" "}
          {formatTimeRange(startTime, endTime, zone, clock)}
        </span>
        <span className="block text-ink-soft text-sm">{formatZone(zone, startTime)}</span>
      </dd>
    </div>
  );
}
