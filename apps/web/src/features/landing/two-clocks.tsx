import { Mark } from "#components/shell/mark.tsx";
import type { ClockFormat } from "#lib/clock-format.ts";
import { getClock } from "#lib/clock-server.ts";
import { addDays, currentMinute, dayOf, formatDay, formatTimeRange, formatZone } from "#lib/time.ts";

/** One meeting in the time zones of its two people. */
export async function TwoClocks() {
  const { setting, browserClock } = await getClock();
  const clock = setting === "browser" ? browserClock : setting;
  const day = addDays(dayOf(currentMinute(), "UTC"), 2);
  const start = `${day}T17:00:00.000Z`;
  const end = `${day}T18:00:00.000Z`;
  return (
    <figure className="grid gap-3">
      <div className="grid rounded-lg border border-line bg-surface">
        <Clock name="Mara" zone="Europe/Berlin" start={start} end={end} clock={clock} />
        <div className="relative border-line border-t">
          <Mark className="absolute left-7 size-7 -translate-y-1/2 rotate-90 outline-4 outline-surface" />
          <Clock name="Bikram" zone="Asia/Kathmandu" start={start} end={end} clock={clock} />
        </div>
      </div>
      <figcaption className="text-ink-soft text-sm">One meeting, on two clocks.</figcaption>
    </figure>
  );
}

type ClockProps = { name: string; zone: string; start: string; end: string; clock: ClockFormat };

function Clock({ name, zone, start, end, clock }: ClockProps) {
  return (
    <div className="grid gap-1 py-8 pr-6 pl-22">
      <p className="text-ink-soft">
        {name} · {formatZone(zone, start)}
      </p>
      <p className="font-medium text-3xl">{formatTimeRange(start, end, zone, clock)}</p>
      <p className="text-ink-soft">{formatDay(dayOf(start, zone))}</p>
    </div>
  );
}
