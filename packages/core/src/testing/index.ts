/** What the database tests of core, api and functions share: a real database, and members with random usernames. */
import { randomInt, randomUUID } from "node:crypto";
import { expect } from "vitest";
import { setAvailability } from "../availabilities/index.ts";
import type { Availability, BookAvailabilityInput, SetAvailabilityInput } from "../availabilities/schema.ts";
import { bookAvailability } from "../booking/index.ts";
import type { Cohort } from "../community/ids.ts";
import { memberActor } from "../context/actor.ts";
import type { MemberContext } from "../context/context.ts";
import { Refusal, type RefusalReason } from "../errors.ts";
import { shift } from "../instant.ts";
import type { Meeting } from "../meetings/schema.ts";
import type { Page } from "../page.ts";
import { createUser } from "../users/index.ts";
import { updateUser } from "../users/repository.ts";
import { testDatabase } from "./database.ts";
import { availabilityInput, now } from "./records.ts";

export { linkTestDatabase, newTables, newTestDatabase, testDatabase, useStreams } from "./database.ts";
export { formerTables, loadItems, readFormerData, type StoredItems } from "./former-data.ts";
export { checkInvariants, findViolations } from "./invariants.ts";
export { availabilityInput, noSignIns, now } from "./records.ts";
export { longestText, writeAvailabilities, writeMeetings } from "./rich-account.ts";
export { followUpAll, watchStreams } from "./streams.ts";
export { answer, dropped, errorAnswer, interleave, wiredDatabase } from "./wire.ts";

const usedYears = new Set<number>();

/**
 * Returns a clock that is far from those of all other tests, for tests that search everyone's availabilities up to a
 * year ahead: midnight UTC of a day in a distant year.
 */
export function clockOfItsOwn(): Date {
  const isNear = (year: number) => [year - 1, year, year + 1].some((near) => usedYears.has(near));
  let year = randomInt(2100, 9900);
  while (isNear(year)) year = randomInt(2100, 9900);
  // A long run needs more years than there are, so it starts again; it rarely reuses one.
  if (usedYears.size > 1_000) usedYears.clear();
  usedYears.add(year);
  return new Date(Date.UTC(year, 0, randomInt(1, 365)));
}

/** Creates a member and returns their context; `cohort` is White if left out. */
export async function newMember(
  options: { cohort?: Cohort | null; displayName?: string; now?: Date } = {},
): Promise<MemberContext> {
  const { cohort = "White", displayName = "A member" } = options;
  const ctx: MemberContext = {
    now: options.now ?? now,
    database: testDatabase(),
    actor: memberActor(randomUUID()),
    cursorKey: "test",
  };
  await createUser(ctx, {
    username: ctx.actor.username,
    email: `${ctx.actor.username}@example.com`,
    name: displayName,
  });
  if (cohort !== null) {
    await updateUser(ctx.database, ctx.actor.username, { cohort, updatedAt: ctx.now.toISOString() });
  }
  return ctx;
}

type Members<Count extends number, Some extends MemberContext[] = []> = number extends Count
  ? MemberContext[]
  : Some["length"] extends Count
    ? Some
    : Members<Count, [...Some, MemberContext]>;

/** Creates several new members; a tuple if the count is a literal. */
export async function newMembers<Count extends number>(
  count: Count,
  options: Parameters<typeof newMember>[0] = {},
): Promise<Members<Count>> {
  const members = await Promise.all(Array.from({ length: count }, () => newMember(options)));
  return members as Members<Count>;
}

/** The same member with a clock that is this many milliseconds later (earlier, if negative). */
export function later(ctx: MemberContext, milliseconds: number): MemberContext {
  return { ...ctx, now: new Date(ctx.now.getTime() + milliseconds) };
}

/** The instant this many milliseconds after the member's clock. */
export function after(ctx: { now: Date }, milliseconds: number): string {
  return shift(ctx.now.toISOString(), milliseconds);
}

/** Posts an availability from `availabilityInput`, with the owner's clock. */
export function postAvailability(
  owner: MemberContext,
  given: Partial<SetAvailabilityInput> = {},
): Promise<Availability> {
  return setAvailability(owner, availabilityInput(given, owner.now));
}

/** Books an availability with only the given choice: a whole availability as input would also pass its start. */
export function book(
  member: MemberContext,
  availability: { owner: string; id: string },
  choice: Pick<BookAvailabilityInput, "startTime" | "type"> = {},
): Promise<Meeting> {
  return bookAvailability(member, { owner: availability.owner, id: availability.id, ...choice });
}

/** Returns `OK`, or the reason if a call is refused. Throws any other error again. */
export async function outcomeOf(call: Promise<unknown>): Promise<"OK" | RefusalReason> {
  try {
    await call;
    return "OK";
  } catch (error) {
    if (error instanceof Refusal) return error.reason;
    throw error;
  }
}

/** Returns the error that a call throws; fails if it throws none. */
export function rejection(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => expect.unreachable("It succeeded"),
    (error: unknown) => error,
  );
}

/** Runs calls at once and counts their outcomes. */
export async function tally(calls: readonly Promise<unknown>[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const outcome of await Promise.all(calls.map(outcomeOf))) {
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
}

/** Reads a list to its end and returns the items of each page. */
export async function allPages<Item>(
  read: (cursor: { cursor?: string }) => Promise<Page<Item>>,
): Promise<Item[][]> {
  const pages: Item[][] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor === undefined ? {} : { cursor });
    pages.push(page.items);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return pages;
}
