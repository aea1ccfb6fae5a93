import { busyTimes, daysOf } from "../calendar/busy.ts";
import type { MemberContext } from "../context.ts";
import { openCursor, sealCursor } from "../cursor.ts";
import { batchGet } from "../database/batch-get.ts";
import type { Database } from "../database/database.ts";
import { byStart } from "../instant.ts";
import type { Page } from "../page.ts";
import { blockKeysOf, ownersApart } from "../users/blocks.ts";
import { findUser, type UserRecord } from "../users/repository.ts";
import { checkIsMember } from "../users/rules.ts";
import { type Opening, type OpeningQuery, openingKey, readOpenings } from "./openings.ts";
import { type AvailabilityRecord, asAvailability, type Span } from "./repository.ts";
import { hasOpenSeat, isSeveral, lastFreeStart, searchSpan, takenTimes, toAvailability } from "./rules.ts";
import type { Availability, SearchAvailabilitiesInput } from "./schema.ts";

/**
 * Others' windows that the actor may book and that overlap `[from, to)`, in order of start and id. Empty for a
 * member without a cohort.
 * @throws Refusal NOT_FOUND for somebody whose sign-up was never completed; AccountClosed; InvalidInput on a bad
 *   span or cursor
 */
export async function searchAvailabilities(
  ctx: MemberContext,
  input: SearchAvailabilitiesInput,
): Promise<Page<Availability>> {
  const scope = ["availability.search", input.from, input.to, input.types, input.ownerCohorts] as const;
  const span = searchSpan(input, ctx.now);
  const after = openCursor(ctx, scope, input.cursor);
  const user = await findUser(ctx.database, ctx.actor);
  checkIsMember(user);
  // A span that is over is none to query.
  if (user.cohort === null || span.to <= span.from) return { items: [] };

  const query = {
    ...span,
    cohort: user.cohort,
    bookableAt: ctx.now.toISOString(),
    except: ctx.actor,
    types: input.types,
    ownerCohorts: input.ownerCohorts,
  };
  const found = await firstOpen(ctx.database, user, query, after, input.limit + 1);
  const shown = found.slice(0, input.limit);
  const items = shown.map(({ ownerBusy, ...window }) => toAvailability(window, user, ownerBusy));
  const last = found.length > input.limit ? shown.at(-1) : undefined;
  return last ? { items, cursor: sealCursor(ctx, scope, openingKey(last)) } : { items };
}

/** The most openings that one request reads. */
const largestRead = 1_000;

/**
 * The first `count` windows after a key whose openings match, in order of start and id. An opening says where to look;
 * what is shown is decided by the window itself, which may have changed in between.
 */
async function firstOpen(
  database: Database,
  member: UserRecord,
  query: OpeningQuery,
  after: string | undefined,
  count: number,
): Promise<FoundWindow[]> {
  const found: FoundWindow[] = [];
  let read = 0;
  let position = after;
  do {
    const missing = count - found.length;
    // At first just as many; then as many as it takes by the share of those read so far that are shown.
    const wanted = read === 0 ? missing : Math.ceil((missing * read) / Math.max(found.length, 1));
    const atMost = Math.min(wanted, largestRead);
    const page = await readOpenings(database, query, position, atMost);
    const openings = page.openings.slice(0, atMost);
    const keys = new Set(openings.map(({ opening }) => opening));
    const isNew = ({ id }: AvailabilityRecord) => !found.some((window) => window.id === id);
    const windows = await readWindows(database, member, openings);
    found.push(
      ...windows.filter((window) => keys.has(openingKey(window)) && isOpenTo(window, query) && isNew(window)),
    );
    read += page.read;
    position = openings.length < page.openings.length ? openings.at(-1)?.opening : page.next;
  } while (found.length < count && position !== undefined);
  return found.slice(0, count);
}

/** A window, and when its owner has other meetings during it. */
interface FoundWindow extends AvailabilityRecord {
  ownerBusy: Span[];
}

/**
 * The windows of openings, in order of start and id, with the days of their owners, in one request for a hundred items. Those
 * of whom the member has blocked, or who have blocked the member, are left out.
 */
async function readWindows(
  database: Database,
  member: UserRecord,
  openings: readonly OpeningRead[],
): Promise<FoundWindow[]> {
  const keys = new Map(openings.map(({ owner, id }) => [`${owner} ${id}`, { owner, id }]));
  const days = openings.flatMap((opening) => daysOf(opening.owner, spanOf(opening)).keys);
  const blocks = blockKeysOf(
    member,
    openings.map(({ owner }) => owner),
  );
  const { Availabilities, Calendar } = await batchGet(database, {
    Availabilities: [...keys.values()],
    Calendar: [...new Map(days.map((key) => [`${key.username} ${key.entry}`, key])).values(), ...blocks],
  });
  const apart = ownersApart(member, Calendar);
  return Availabilities.map(asAvailability)
    .filter(({ owner }) => !apart.has(owner))
    .map((window) => {
      const { owner, id } = window;
      return { ...window, ownerBusy: busyTimes(daysOf(owner, window).seen(Calendar), owner, window, id) };
    })
    .sort(byStart);
}

type OpeningRead = Pick<Opening, "owner" | "id" | "opening" | "endTime">;

function spanOf({ opening, endTime }: OpeningRead): Span {
  return { startTime: opening.slice(0, opening.indexOf("#")), endTime };
}

function isOpenTo(window: FoundWindow, query: OpeningQuery): boolean {
  const { types, ownerCohorts } = query;
  const lastStart = lastFreeStart(window, [
    ...(isSeveral(window) ? takenTimes(window) : []),
    ...window.ownerBusy,
  ]);
  return (
    hasOpenSeat(window) &&
    window.cohorts.includes(query.cohort) &&
    lastStart !== undefined &&
    lastStart >= query.bookableAt &&
    window.endTime > query.from &&
    (types === undefined || types.some((type) => window.types.includes(type))) &&
    (ownerCohorts === undefined || ownerCohorts.some((cohort) => cohort === window.ownerCohort)) &&
    !(query.except in window.seats)
  );
}
