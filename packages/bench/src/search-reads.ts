import { searchAvailabilities } from "@kumite/core/availabilities";
import type { SearchAvailabilitiesInput } from "@kumite/core/availabilities/schema";
import type { MemberContext } from "@kumite/core/context";
import type { Database, DocumentClient } from "@kumite/core/database";
import { metered } from "@kumite/core/database/meter";
import { callersCohort, searchTypes, staleShares } from "./community.ts";
import { median, rotated } from "./measure.ts";
import { searchByStatus } from "./search-baseline.ts";

const day = 86_400_000;
const pageSize = 25;

/** The cost of one search. */
interface Cost {
  returned: number;
  items: number;
  units: number;
  requests: number;
}

/** One way to search one database. */
export interface Case {
  name: string;
  size: number;
  search(database: Database): Promise<readonly unknown[]>;
  database: Database;
  /** How many times it is measured in a round. */
  times: number;
}

export interface Measured {
  name: string;
  size: number;
  cost: Cost;
  /** Milliseconds, a median for each round. */
  rounds: number[];
}

export const byOpenings = "openings";
export const byOpeningsOfTen = "openings, a page of 10";
export const byOpeningsOfType = "openings, one type of 8";
export const byStatus = "status and start, filtered";

/** Returns the cases to measure on a database of this size. */
export function casesOf(
  size: number,
  database: Database,
  callers: ReadonlyMap<string, MemberContext>,
  isLargest: boolean,
): Case[] {
  const caller = (cohort: string) => {
    const found = callers.get(cohort);
    if (!found) throw new Error(`Nobody is of ${cohort}`);
    return found;
  };
  const span = (member: MemberContext) => ({
    from: member.now.toISOString(),
    to: new Date(member.now.getTime() + 60 * day).toISOString(),
  });
  const search = (cohort: string, given: { types?: string[]; limit?: number } = {}) => {
    const member = caller(cohort);
    const input = { limit: pageSize, ...span(member), ...given } as SearchAvailabilitiesInput;
    return async (of: Database) => (await searchAvailabilities({ ...member, database: of }, input)).items;
  };
  const baseline = (of: Database) => {
    const member = caller(callersCohort);
    return searchByStatus(
      of,
      { username: member.actor.username, cohort: callersCohort, ...span(member) },
      pageSize,
    );
  };
  const oneType = { types: searchTypes.slice(0, 1) };
  const of = (name: string, how: Case["search"], times = 7): Case => ({
    name,
    size,
    database,
    search: how,
    times,
  });
  return [
    of(byOpenings, search(callersCohort)),
    of(byOpeningsOfTen, search(callersCohort, { limit: 10 })),
    of(byOpeningsOfType, search(callersCohort, oneType)),
    of(byStatus, baseline, 1),
    ...(isLargest ? [...staleShares.keys()].map((cohort) => of(staleName(cohort), search(cohort))) : []),
  ];
}

export function staleName(cohort: string): string {
  return `openings that stay, ${cohort}`;
}

/** Measures the cost and time of each case, in rounds that each begin with another case. */
export async function measureReads(
  cases: readonly Case[],
  rounds: number,
  log: (line: string) => void,
): Promise<Measured[]> {
  const measured = new Map<Case, Measured>();
  for (const each of cases) {
    const { name, size } = each;
    measured.set(each, { name, size, cost: await costOf(each), rounds: [] });
  }
  for (let round = 0; round < rounds; round++) {
    for (const each of rotated(cases, round)) {
      const times: number[] = [];
      // The first search warms the engine up, after another case's data.
      for (let at = 0; at <= each.times; at++) {
        const begin = performance.now();
        await each.search(each.database);
        if (at > 0) times.push(performance.now() - begin);
      }
      measured.get(each)?.rounds.push(median(times));
    }
    log(`round ${round + 1} of ${rounds}`);
  }
  return [...measured.values()];
}

interface Read {
  Item?: unknown;
  ScannedCount?: number;
  Responses?: Record<string, unknown[]>;
}

async function costOf({ search, database }: Case): Promise<Cost> {
  const meter = metered(database);
  let items = 0;
  const send = async (command: Parameters<DocumentClient["send"]>[0]) => {
    const answer = (await meter.database.client.send(command)) as Read;
    items += (answer.Item ? 1 : 0) + (answer.ScannedCount ?? 0);
    items += Object.values(answer.Responses ?? {}).flat().length;
    return answer;
  };
  const counting = { names: database.names, client: { send: send as DocumentClient["send"] } };
  const returned = (await search(counting)).length;
  return { returned, items, ...meter.consumed() };
}
