/** The requests and answers of a run, with their times: the checker uses only these and the final tables. */
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Availability, Bookings } from "@kumite/core/availabilities/schema";
import type { Meeting } from "@kumite/core/meetings/schema";

/**
 * An availability as it is posted. The workload marks everything, so that the effect of a lost answer can be
 * identified.
 */
export interface SetAvailability {
  readonly id?: string;
  /** For a posting: all attempts of a call have the same key. */
  readonly idempotencyKey?: string;
  readonly startTime: string;
  readonly endTime: string;
  readonly durationMinutes?: number;
  readonly types: readonly string[];
  readonly cohorts: readonly string[];
  readonly maxParticipants: number;
  readonly bookings?: Bookings;
  /** Unique to the call, or empty. */
  readonly link?: string;
  /** Unique to the call: it identifies the call that posted the availability. */
  readonly description: string;
}

export interface Span {
  readonly from: string;
  readonly to: string;
}

interface Paged {
  readonly cursor?: string;
  readonly limit: number;
}

interface Page<Item> {
  readonly items: readonly Item[];
  readonly cursor?: string;
}

interface Profile {
  readonly username: string;
  readonly displayName: string;
}

/** The procedures that the workload calls. */
export interface Procedures {
  "availability.set": { input: SetAvailability; output: Availability };
  "availability.get": { input: { owner: string; id: string }; output: Availability };
  "availability.list": { input: Paged; output: Page<Availability> };
  "availability.search": { input: Span & Paged & { types?: readonly string[] }; output: Page<Availability> };
  "availability.delete": { input: { id: string }; output: Availability };
  "availability.withdraw": { input: { id: string; reason?: string }; output: Availability };
  "availability.book": {
    input: { owner: string; id: string; startTime?: string; type?: string };
    output: Meeting;
  };
  "meeting.get": { input: { id: string }; output: Meeting };
  "meeting.list": { input: Partial<Span> & Paged; output: Page<Meeting> };
  /** The workload's reasons are unique to the call: they identify what canceled a meeting. */
  "meeting.cancel": { input: { id: string; reason?: string }; output: Meeting };
  "user.get": { input: { username: string }; output: Profile };
  /** The workload's names are unique to the call. */
  "user.set": { input: { displayName: string }; output: Profile };
  "user.block": { input: { username: string }; output: { readonly blocked: readonly Profile[] } };
  "user.unblock": { input: { username: string }; output: { readonly blocked: readonly Profile[] } };
  "user.delete": { input: { displayName: string }; output: { readonly deletedAt: string } };
  "calendar.get": {
    input: Span;
    output: {
      readonly availabilities: readonly Availability[];
      readonly meetings: readonly Meeting[];
      /** How many canceled meetings it does not show; none if left out. */
      readonly canceledLeftOut?: number;
    };
  };
}
export type Procedure = keyof Procedures;

export type Outcome<Output = unknown> =
  | { readonly kind: "ok"; readonly data: Output }
  /** The request changed nothing, and the answer says why. */
  | { readonly kind: "refused"; readonly code: string; readonly reason?: string }
  /** The request may take effect now, later or never: there was no answer, or one that does not say. */
  | { readonly kind: "unknown"; readonly why: string };

/** A request and its answer. Times are milliseconds of a monotonic clock, one for the whole run. */
export interface Attempt<Output = unknown> {
  readonly start: number;
  readonly end: number;
  readonly outcome: Outcome<Output>;
}

/** A member's call. It is sent again while its outcome is unknown, up to a limit. */
export interface CallOf<P extends Procedure> {
  readonly id: number;
  readonly member: string;
  readonly procedure: P;
  readonly input: Procedures[P]["input"];
  readonly attempts: readonly Attempt<Procedures[P]["output"]>[];
  /** The id of the first call of a list that is read page by page; all its calls have it. */
  readonly list?: number;
}
export type Call = { [P in Procedure]: CallOf<P> }[Procedure];

/** Returns a call's final result; undefined if it was refused or not answered. */
export function dataOf<Output>({
  attempts,
}: {
  readonly attempts: readonly Attempt<Output>[];
}): Output | undefined {
  const outcome = attempts.at(-1)?.outcome;
  return outcome?.kind === "ok" ? outcome.data : undefined;
}

export interface History {
  readonly seed: number;
  readonly members: readonly {
    readonly username: string;
    readonly cohort: string;
    /** At the start of the run. */
    readonly displayName?: string;
  }[];
  readonly calls: readonly Call[];
}

/** A request and its call. */
export interface Sent<P extends Procedure> {
  readonly call: CallOf<P>;
  readonly attempt: Attempt<Procedures[P]["output"]>;
}

/** A successful request. */
export interface Done<P extends Procedure> extends Sent<P> {
  readonly data: Procedures[P]["output"];
}

/** Returns all requests of a procedure. Each attempt of a call is one, because each may have taken effect. */
export function sentTo<P extends Procedure>({ calls }: History, procedure: P): Sent<P>[] {
  const asked = calls.filter((call) => call.procedure === procedure) as CallOf<P>[];
  return asked.flatMap((call) => call.attempts.map((attempt) => ({ call, attempt })));
}

/** Returns the successful ones. */
export function doneOf<P extends Procedure>(sent: readonly Sent<P>[]): Done<P>[] {
  return sent.flatMap((one) =>
    one.attempt.outcome.kind === "ok" ? [{ ...one, data: one.attempt.outcome.data }] : [],
  );
}

/** Writes a history as JSON lines: first the run, then its calls in the order of their answers. */
export async function writeHistory(file: string, { calls, ...run }: History): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const stream = createWriteStream(file);
  for (const line of [run, ...calls]) {
    if (!stream.write(`${JSON.stringify(line)}\n`)) await once(stream, "drain");
  }
  stream.end();
  await once(stream, "finish");
}
