/** The minute in which a call counts. */
export interface CountingWindow {
  readonly start: Date;
  readonly end: Date;
}

const windowMs = 60_000;

/** The minute of the clock (UTC) around an instant. */
export function windowAt(now: Date): CountingWindow {
  const start = Math.floor(now.getTime() / windowMs) * windowMs;
  return { start: new Date(start), end: new Date(start + windowMs) };
}

/** Whole seconds until the window is over, at least one. */
export function secondsLeft(window: CountingWindow, now: Date): number {
  return Math.max(1, Math.ceil((window.end.getTime() - now.getTime()) / 1000));
}

/**
 * How many calls a process may keep to itself before it tells the counter that all share: a tenth of the limit. So
 * the calls of usual people cost no request, and n processes let through at most n such tenths too many.
 */
export function graceOf(limit: number): number {
  return Math.floor(limit / 10);
}
