/** The minute in which a call counts. */
export interface CountedMinute {
  readonly start: Date;
  readonly end: Date;
}

const minuteMs = 60_000;

/** The minute of the clock (UTC) that contains an instant. */
export function minuteAt(now: Date): CountedMinute {
  const start = Math.floor(now.getTime() / minuteMs) * minuteMs;
  return { start: new Date(start), end: new Date(start + minuteMs) };
}

/** Whole seconds until the minute is over, at least one. */
export function secondsLeft(minute: CountedMinute, now: Date): number {
  return Math.max(1, Math.ceil((minute.end.getTime() - now.getTime()) / 1000));
}

/**
 * How many calls a process may count locally before it reports to the shared counter: a tenth of the limit. So most
 * members' calls cost no request, and n processes let through at most n tenths too many.
 */
export function localAllowance(limit: number): number {
  return Math.floor(limit / 10);
}
