import { busyTimes, daysOf } from "../agenda/busy.ts";
import { currentCommunity } from "../community/repository.ts";
import { checkFilters } from "../community/rules.ts";
import type { MemberContext } from "../context/context.ts";
import { openCursor, sealCursor } from "../context/cursor.ts";
import { batchGet } from "../database/batch-get.ts";
import type { Database } from "../database/database.ts";
import { byStart } from "../instant.ts";
import type { Page } from "../page.ts";
import { blockKeysOf, ownersApart } from "../users/blocks.ts";
import { findUser, type UserRecord } from "../users/repository.ts";
import { checkIsMember } from "../users/rules.ts";
import { hasOpenSeat } from "./booking-rules.ts";
import { isSeveral } from "./capacity.ts";
import { type Opening, type OpeningQuery, openingKey, readOpenings } from "./openings.ts";
import { type AvailabilityRecord, asAvailability, type Span } from "./repository.ts";
import { lastFreeStart, searchSpan, takenTimes, toAvailability } from "./rules.ts";
import type { Availability, SearchAvailabilitiesInput } from "./schema.ts";

/**
 * Searches other members' availabilities that the actor may book and that overlap `[from, to)`, in order of start and
 * id. Returns nothing for a member without a cohort.
 * @throws Refusal NOT_FOUND if the actor never completed the sign-up; AccountClosed; InvalidInput on a bad span or
 *   cursor
 */
export async function searchAvailabilities(
  ctx: MemberContext,
  input: SearchAvailabilitiesInput,
): Promise<Page<Availability>> {
  const scope = ["availability.search", input.from, input.to, input.types, input.ownerCohorts] as const;
  const span = searchSpan(input, ctx.now);
  const isFiltered = input.types !== undefined || input.ownerCohorts !== undefined;
  const after = openCursor(ctx, scope, input.cursor);
  const [user, community] = await Promise.all([
    findUser(ctx.database, ctx.actor.username),
    isFiltered ? currentCommunity(ctx) : undefined,
  ]);
  checkIsMember(user);
  if (community) checkFilters(community, input);
  // A span that is over needs no query.
  if (user.cohort === null || span.to <= span.from) return { items: [] };

  const query = {
    ...span,
    cohort: user.cohort,
    bookableAt: ctx.now.toISOString(),
    except: ctx.actor.username,
    types: input.types,
    ownerCohorts: input.ownerCohorts,
  };
  const found = await firstOpen(ctx.database, user, query, after, input.limit + 1);
  const shown = found.slice(0, input.limit);
  const items = shown.map(({ ownerBusy, ...availability }) => toAvailability(availability, user, ownerBusy));
  const last = found.length > input.limit ? shown.at(-1) : undefined;
  return last ? { items, cursor: sealCursor(ctx, scope, openingKey(last)) } : { items };
}

/** The largest number of openings that one request reads. */
const largestRead = 1_000;

/**
 * Returns the first `count` matching availabilities after a key, in order of start and id. Openings only say where to
 * look: an availability may have changed since, so it is checked itself.
 */
async function firstOpen(
  database: Database,
  member: UserRecord,
  query: OpeningQuery,
  after: string | undefined,
  count: number,
): Promise<FoundAvailability[]> {
  const found: FoundAvailability[] = [];
  let read = 0;
  let position = after;
  do {
    const missing = count - found.length;
    // Reads just as many at first, then as many as needed by the share of matches so far.
    const wanted = read === 0 ? missing : Math.ceil((missing * read) / Math.max(found.length, 1));
    const atMost = Math.min(wanted, largestRead);
    const page = await readOpenings(database, query, position, atMost);
    const openings = page.openings.slice(0, atMost);
    const keys = new Set(openings.map(({ opening }) => opening));
    const isNew = ({ id }: AvailabilityRecord) => !found.some((availability) => availability.id === id);
    const availabilities = await readAvailabilities(database, member, openings);
    found.push(
      ...availabilities.filter(
        (availability) =>
          keys.has(openingKey(availability)) && isOpenTo(availability, query) && isNew(availability),
      ),
    );
    read += page.read;
    position = openings.length < page.openings.length ? openings.at(-1)?.opening : page.next;
  } while (found.length < count && position !== undefined);
  return found.slice(0, count);
}

/** An availability, and when its owner has other meetings during it. */
interface FoundAvailability extends AvailabilityRecord {
  ownerBusy: Span[];
}

/**
 * Returns the availabilities of openings, in order of start and id, with the days of their owners; one request for each
 * hundred items. Leaves out owners whom the member has blocked or who have blocked the member.
 */
async function readAvailabilities(
  database: Database,
  member: UserRecord,
  openings: readonly OpeningRead[],
): Promise<FoundAvailability[]> {
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
    .map((availability) => {
      const { owner, id } = availability;
      return {
        ...availability,
        ownerBusy: busyTimes(daysOf(owner, availability).seen(Calendar), owner, availability, id),
      };
    })
    .sort(byStart);
}

type OpeningRead = Pick<Opening, "owner" | "id" | "opening" | "endTime">;

function spanOf({ opening, endTime }: OpeningRead): Span {
  return { startTime: opening.slice(0, opening.indexOf("#")), endTime };
}

function isOpenTo(availability: FoundAvailability, query: OpeningQuery): boolean {
  const { types, ownerCohorts } = query;
  const lastStart = lastFreeStart(availability, [
    ...(isSeveral(availability) ? takenTimes(availability) : []),
    ...availability.ownerBusy,
  ]);
  return (
    hasOpenSeat(availability) &&
    availability.cohorts.includes(query.cohort) &&
    lastStart !== undefined &&
    lastStart >= query.bookableAt &&
    availability.endTime > query.from &&
    (types === undefined || types.some((type) => availability.types.includes(type))) &&
    (ownerCohorts === undefined || ownerCohorts.some((cohort) => cohort === availability.ownerCohort)) &&
    !(query.except in availability.seats)
  );
}
