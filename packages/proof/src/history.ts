/** What was asked and answered during a run, and when: all that the checker goes by beside the final tables. */
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Availability, Bookings } from "@kumite/core/availabilities/schema";
import type { Meeting } from "@kumite/core/meetings/schema";

/** An availability as it is posted. The workload names everything, so that what a lost answer did can be told. */
export interface SetAvailability {
  readonly id?: string;
  /** Where one is posted: all attempts of a call have the same. */
  readonly idempotencyKey?: string;
  readonly startTime: string;
  readonly endTime: string;
  readonly durationMinutes?: number;
  readonly types: readonly string[];
  readonly cohorts: readonly string[];
  readonly maxParticipants: number;
  readonly bookings?: Bookings;
  /** Like no other call's, or empty. */
  readonly link?: string;
  /** Unlike any other call's: an availability tells by it which call it is from. */
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
  /** The workload's reasons are unlike any other call's: a canceled meeting tells by it what has canceled it. */
  "meeting.cancel": { input: { id: string; reason?: string }; output: Meeting };
  "user.get": { input: { username: string }; output: Profile };
  /** The workload's names are unlike any other call's. */
  "user.set": { input: { displayName: string }; output: Profile };
  "user.block": { input: { username: string }; output: { readonly blocked: readonly Profile[] } };
  "user.unblock": { input: { username: string }; output: { readonly blocked: readonly Profile[] } };
  "user.delete": { input: { displayName: string }; output: { readonly deletedAt: string } };
  "calendar.get": {
    input: Span;
    output: {
      readonly availabilities: readonly Availability[];
      readonly meetings: readonly Meeting[];
      /** How many canceled meetings it does not show; none where left out. */
      readonly canceledLeftOut?: number;
    };
  };
}
export type Procedure = keyof Procedures;

export type Outcome<Output = unknown> =
  | { readonly kind: "ok"; readonly data: Output }
  /** Nothing was done, and the answer says why. */
  | { readonly kind: "refused"; readonly code: string; readonly reason?: string }
  /** It may or may not have been done, now or later: no answer, or one that does not say. */
  | { readonly kind: "unknown"; readonly why: string };

/** A request and its answer. Times are milliseconds on a clock that never turns back, one for the whole run. */
export interface Attempt<Output = unknown> {
  readonly start: number;
  readonly end: number;
  readonly outcome: Outcome<Output>;
}

/** One thing that a member asked for: sent again as long as its outcome stayed unknown, at most so many times. */
export interface CallOf<P extends Procedure> {
  readonly id: number;
  readonly member: string;
  readonly procedure: P;
  readonly input: Procedures[P]["input"];
  readonly attempts: readonly Attempt<Procedures[P]["output"]>[];
  /** The calls that read one list to its end, page by page, have the id of the first in common. */
  readonly list?: number;
}
export type Call = { [P in Procedure]: CallOf<P> }[Procedure];

/** What a call is answered in the end; undefined where it was refused, or where no answer came. */
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
    /** At the beginning. */
    readonly displayName?: string;
  }[];
  readonly calls: readonly Call[];
}

/** A request, and the call that it belongs to. */
export interface Sent<P extends Procedure> {
  readonly call: CallOf<P>;
  readonly attempt: Attempt<Procedures[P]["output"]>;
}

/** A request that was done. */
export interface Done<P extends Procedure> extends Sent<P> {
  readonly data: Procedures[P]["output"];
}

/** All requests of a procedure, one by one: each of a call's attempts may have taken effect. */
export function sentTo<P extends Procedure>({ calls }: History, procedure: P): Sent<P>[] {
  const asked = calls.filter((call) => call.procedure === procedure) as CallOf<P>[];
  return asked.flatMap((call) => call.attempts.map((attempt) => ({ call, attempt })));
}

/** Those that were answered as done. */
export function doneOf<P extends Procedure>(sent: readonly Sent<P>[]): Done<P>[] {
  return sent.flatMap((one) =>
    one.attempt.outcome.kind === "ok" ? [{ ...one, data: one.attempt.outcome.data }] : [],
  );
}

/** Writes a history as JSON lines: what the run was, then each call in the order in which they were answered. */
export async function writeHistory(file: string, { calls, ...run }: History): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const stream = createWriteStream(file);
  for (const line of [run, ...calls]) {
    if (!stream.write(`${JSON.stringify(line)}\n`)) await once(stream, "drain");
  }
  stream.end();
  await once(stream, "finish");
}
