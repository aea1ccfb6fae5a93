import { setAvailability } from "@kumite/core/availabilities";
import type { SetAvailabilityInput } from "@kumite/core/availabilities/schema";
import type { MemberContext } from "@kumite/core/context";
import type { Database } from "@kumite/core/database";
import { callersCohort, otherCohorts, searchTypes, staleShares } from "./community.ts";
import { createDrafts, draftMember } from "./drafts.ts";
import type { Stored } from "./engine.ts";

const minute = 60_000;
const day = 24 * 60 * minute;

/** One in this many availabilities is open to the caller's cohort. */
const callersShare = 100;

export interface SearchData {
  items: Stored[];
  /** The calling member of each cohort. */
  callers: ReadonlyMap<string, MemberContext>;
}

/**
 * Drafts `count` open availabilities in the next 60 days, as posting stores them: each for one to four cohorts and one
 * to three types. Adds availabilities for separate cohorts, a share of which is taken but keeps its openings.
 */
export async function draftSearchData(count: number, now: Date, database: Database): Promise<SearchData> {
  const drafts = createDrafts(database.names);
  const owners: MemberContext[] = [];
  for (let at = 0; at < 200; at++) owners.push(await draftMember(drafts, `owner ${at}`, now));
  const callers = new Map<string, MemberContext>();
  for (const cohort of [callersCohort, ...staleShares.keys()]) {
    callers.set(cohort, await draftMember(drafts, `caller of ${cohort}`, now, cohort));
  }
  const items = drafts.takeItems();

  /** Posts availability number `at`. Every field varies with the number, so all sizes have the same mix. */
  const post = async (at: number, start: number, cohorts: string[]) => {
    const owner = owners[(at * 7) % owners.length];
    if (!owner) throw new Error("There are no owners");
    const startTime = new Date(now.getTime() + start).toISOString();
    const input: SetAvailabilityInput = {
      startTime,
      endTime: new Date(now.getTime() + start + (1 + (at % 3)) * 60 * minute).toISOString(),
      types: pick(searchTypes, 1 + (at % 3), at),
      cohorts,
      maxParticipants: at % 5 === 0 ? 8 : 1,
      description: "Bring what you would like to work on, and a recording if you have one. ".repeat(
        1 + (at % 4),
      ),
    };
    await setAvailability(owner, input);
    // The benchmark does not read calendars.
    return drafts.takeItems().filter(({ table }) => table !== "Calendar");
  };

  const spread = 60 * day - minute;
  for (let at = 0; at < count; at++) {
    const start = minute + Math.floor((at / count) * spread);
    const random = pick(otherCohorts, 1 + (at % 4), at * 5);
    items.push(
      ...(await post(at, start, at % callersShare === 50 ? [callersCohort, ...random.slice(1)] : random)),
    );
  }
  for (const [cohort, share] of staleShares) {
    for (let at = 0; at < 250; at++) {
      const isTaken = Math.floor((at + 1) * share) > Math.floor(at * share);
      const posted = await post(at, minute + Math.floor((at / 250) * spread), [cohort]);
      items.push(...posted.map((stored) => (isTaken ? taken(stored) : stored)));
    }
  }
  return { items, callers };
}

/** Returns `count` items of a list from an index on, and wraps around. */
function pick(list: readonly string[], count: number, from: number): string[] {
  return Array.from({ length: count }, (_, at) => list[(from + at * 3) % list.length] ?? "");
}

/** Returns an availability with its last seat taken. Other items stay unchanged. */
function taken({ table, item }: Stored): Stored {
  if (table !== "Availabilities") return { table, item };
  return { table, item: { ...item, status: "BOOKED", seatCount: item["maxParticipants"] } };
}
