import { UpdateTableCommand } from "@aws-sdk/client-dynamodb";
import type { TransactWriteCommandInput } from "@aws-sdk/lib-dynamodb";
import { searchAvailabilities, setAvailability } from "@kumite/core/availabilities";
import type { SearchAvailabilitiesInput, SetAvailabilityInput } from "@kumite/core/availabilities/schema";
import { bookAvailability, cancelMeeting } from "@kumite/core/booking";
import type { MemberContext } from "@kumite/core/context";
import { createDatabase, type Database, type DocumentClient } from "@kumite/core/database";
import { metered } from "@kumite/core/database/meter";

import { createTables } from "@kumite/local";
import { createDrafts, draftMember } from "./drafts.ts";
import { type Engine, load, startEngine } from "./engine.ts";
import { median, rotated, table } from "./measure.ts";
import { draw } from "./plot.ts";
import { searchByStatus } from "./search-baseline.ts";
import { callersCohort, draftSearchData, staleShares, types } from "./search-data.ts";
import type { BenchOptions, Section } from "./section.ts";

const hour = 3_600_000;
const day = 24 * hour;
const pageSize = 25;

/** What one search took. */
interface Cost {
  returned: number;
  items: number;
  units: number;
  requests: number;
}

/** A way to search one of the databases. */
interface Case {
  name: string;
  size: number;
  search(database: Database): Promise<readonly unknown[]>;
  database: Database;
  /** How often it is measured in a round. */
  times: number;
}

interface Measured {
  name: string;
  size: number;
  cost: Cost;
  /** Milliseconds, a median for each round. */
  rounds: number[];
}

const byOpenings = "openings";
const byOpeningsOfTen = "openings, a page of 10";
const byOpeningsOfType = "openings, one type of 8";
const byStatus = "status and start, filtered";

export async function run({ quick, log }: BenchOptions): Promise<Section> {
  const sizes = quick ? [500, 2_000] : [1_000, 10_000, 100_000];
  const engine = await startEngine();
  const databases: { destroy(): void }[] = [];
  try {
    const now = new Date();
    const cases: Case[] = [];
    for (const size of sizes) {
      const endpoint = engine.environment["AWS_ENDPOINT_URL_DYNAMODB"] ?? "";
      const database = createDatabase({ ...(await createTables(endpoint, `search-${size}-`)) });
      databases.push(database.client);
      // DynamoDB Local writes stream records ever more slowly, and nobody reads them here.
      await database.client.send(
        new UpdateTableCommand({
          TableName: database.names.Availabilities,
          StreamSpecification: { StreamEnabled: false },
        }),
      );
      const { items, callers } = await draftSearchData(size, now, database);
      await load({ ...engine, database }, items);
      cases.push(...casesOf(size, database, callers, size === sizes.at(-1)));
      log(`${size} open availabilities: ${items.length} items`);
    }
    const measured = await measure(cases, quick ? 3 : 15, log);
    const writes = await measureWrites(engine, now, quick ? 5 : 30);
    return report(sizes, measured, writes);
  } finally {
    for (const client of databases) client.destroy();
    await engine.stop();
  }
}

function casesOf(
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
  const oneType = { types: types.slice(0, 1) };
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

function staleName(cohort: string): string {
  return `openings that stay, ${cohort}`;
}

async function measure(
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
      // The first one wakes the engine up, after another's data.
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

const verbs = ["post", "book the last seat", "cancel, which frees it"] as const;

/** A verb on a one-to-one availability, as its transaction is written. */
interface Write {
  verb: (typeof verbs)[number];
  cohorts: number;
  withOpenings: boolean;
  /** Items in the transaction. */
  items: number;
  /** Write units of the openings among them: two for each kilobyte begun, as DynamoDB charges in a transaction. */
  openingUnits: number;
  /** Of the whole call, in milliseconds. */
  times: number[];
}

/** What posting, booking and canceling cost, with openings and without. */
async function measureWrites(engine: Engine, now: Date, rounds: number): Promise<Write[]> {
  const drafts = createDrafts(engine.database.names);
  const owner = await draftMember(drafts, "owner", now);
  const member = await draftMember(drafts, "member", now, callersCohort);
  await load(engine, drafts.takeItems());
  const variants = [1, 3, 24].flatMap((cohorts) =>
    [true, false].map((withOpenings) => ({
      cohorts,
      writes: verbs.map(
        (verb): Write => ({ verb, cohorts, withOpenings, items: 0, openingUnits: 0, times: [] }),
      ),
    })),
  );
  // Each availability is an hour of its own on the clock: nobody is busy, and none lies over midnight.
  let start = Math.ceil(now.getTime() / hour) * hour;
  for (let round = 0; round < rounds; round++) {
    for (const { cohorts, writes } of rotated(variants, round)) {
      start += hour;
      const input = {
        startTime: new Date(start).toISOString(),
        endTime: new Date(start + hour).toISOString(),
        types: ["sparring"],
        cohorts: [callersCohort, ...Array.from({ length: cohorts - 1 }, (_, at) => `Cohort ${at + 1}`)],
      } as unknown as SetAvailabilityInput;
      const [posting, booking, canceling] = writes.map((write) => watched(engine.database, write));
      if (!posting || !booking || !canceling) throw new Error("A verb is missing");
      const { id } = await posting((database) => setAvailability({ ...owner, database }, input));
      const meeting = await booking((database) =>
        bookAvailability({ ...member, database }, { owner: owner.actor.username, id }),
      );
      await canceling((database) => cancelMeeting({ ...member, database }, { id: meeting.id }));
    }
  }
  return variants.flatMap(({ writes }) => writes);
}

/** Calls a verb, notes what it writes, and leaves openings out of that where they are not wanted. */
function watched({ names, client }: Database, write: Write) {
  const isOpening = (change: object) => "TableName" in change && change.TableName === names.Openings;
  const send = (command: { input: TransactWriteCommandInput }) => {
    const { TransactItems } = command.input;
    if (TransactItems) {
      const changes = TransactItems.map((item) => Object.values(item)[0] as object);
      const openings = changes.filter(isOpening);
      if (!write.withOpenings) {
        command.input.TransactItems = TransactItems.filter((_, at) => !isOpening(changes[at] ?? {}));
      }
      write.items = command.input.TransactItems?.length ?? 0;
      // As JSON they are a little longer than as stored.
      const kilobytes = openings.map((opening) => Math.ceil(JSON.stringify(opening).length / 1_024));
      write.openingUnits = write.withOpenings ? 2 * kilobytes.reduce((sum, each) => sum + each, 0) : 0;
    }
    return client.send(command as unknown as Parameters<DocumentClient["send"]>[0]);
  };
  const database: Database = { names, client: { send: send as DocumentClient["send"] } };
  return async <Result>(call: (database: Database) => Promise<Result>): Promise<Result> => {
    const begin = performance.now();
    const result = await call(database);
    write.times.push(performance.now() - begin);
    return result;
  };
}

function report(sizes: readonly number[], measured: readonly Measured[], writes: readonly Write[]): Section {
  const find = (name: string, size = sizes.at(-1)) => {
    const found = measured.find((each) => each.name === name && each.size === size);
    if (!found) throw new Error(`${name} was not measured`);
    return found;
  };
  const perItem = ({ cost }: Measured) => cost.items / cost.returned;
  const row = (each: Measured) => [
    each.name,
    each.size.toLocaleString("en"),
    each.cost.returned,
    each.cost.items,
    perItem(each).toFixed(1),
    each.cost.units,
    each.cost.requests,
    median(each.rounds).toFixed(1),
  ];
  const [smallest = 0, largest = 0] = [sizes[0], sizes.at(-1)];
  const growth = (name: string) => {
    const base = find(name, smallest).rounds;
    return median(find(name, largest).rounds.map((time, round) => time / (base[round] ?? Number.NaN)));
  };
  const head = [
    "first page by",
    "open availabilities",
    "returned",
    "items read",
    "items read per item returned",
    "read units",
    "requests",
    "median (ms)",
  ];
  const searches = [byOpenings, byStatus, byOpeningsOfTen, byOpeningsOfType].flatMap((name) =>
    sizes.map((size) => row(find(name, size))),
  );
  const time = (write: Write) => median(write.times).toFixed(1);
  const without = (write: Write) =>
    writes.find((each) => !each.withOpenings && each.verb === write.verb && each.cohorts === write.cohorts) ??
    write;
  const markdown = [
    "First page of 25 for a member whose cohort is in 1 % of the availabilities, of 24 cohorts and 8 types. At 1,000 availabilities there are but 10 of them, so that a page of 10 is beside it: the same answer at every size. Units are strongly consistent where openings are read, eventually consistent in the index.",
    table(head, searches),
    "Were openings to stay when the last seat goes, as an alternative (the largest size):",
    table(head, [
      row(find(byOpenings)),
      ...[...staleShares.keys()].map((cohort) => row(find(staleName(cohort)))),
    ]),
    "What openings cost when availabilities are written. Two units for each opening, as DynamoDB charges a transaction: DynamoDB Local counts one item a table.",
    table(
      [
        "one-to-one availability",
        "cohorts",
        "items written",
        "without openings",
        "write units of the openings",
        "median (ms)",
        "without openings (ms)",
      ],
      writes
        .filter(({ withOpenings }) => withOpenings)
        .map((write) => [
          write.verb,
          write.cohorts,
          write.items,
          without(write).items,
          write.openingUnits,
          time(write),
          time(without(write)),
        ]),
    ),
    "![First page of 25](benchmarks/search.svg)",
  ].join("\n\n");
  return {
    name: "search",
    title: "Search",
    markdown,
    bars: [
      ...sizes.map((size) => ({
        what: `items read per item returned at ${size.toLocaleString("en")} open availabilities`,
        value: perItem(find(byOpenings, size)),
        most: 4,
      })),
      ...[byOpenings, byOpeningsOfTen].map((name) => ({
        what: `latency by ${name}, at ${largest.toLocaleString("en")} open availabilities of that at ${smallest.toLocaleString("en")}`,
        value: growth(name),
        most: 1.3,
      })),
    ],
    data: { searches: measured, writes },
    plots: {
      "search.svg": draw({
        title: "First page of 25: latency",
        kind: "line",
        categories: sizes,
        horizontal: "open availabilities",
        vertical: "ms",
        logarithmic: true,
        series: [byOpenings, byStatus].map((name) => ({
          name,
          values: sizes.map((size) => median(find(name, size).rounds)),
        })),
      }),
    },
  };
}
