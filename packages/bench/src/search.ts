import { UpdateTableCommand } from "@aws-sdk/client-dynamodb";
import { getCommunity } from "@kumite/core/community";
import { createDatabase } from "@kumite/core/database";
import { createTables } from "@kumite/local";
import { benchCommunity, staleShares } from "./community.ts";
import { load, startEngine } from "./engine.ts";
import { median, table } from "./measure.ts";
import { draw } from "./plot.ts";
import { draftSearchData } from "./search-data.ts";
import {
  byOpenings,
  byOpeningsOfTen,
  byOpeningsOfType,
  byStatus,
  type Case,
  casesOf,
  type Measured,
  measureReads,
  staleName,
} from "./search-reads.ts";
import { measureWrites, type Write } from "./search-writes.ts";
import type { BenchOptions, Section } from "./section.ts";

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
      // DynamoDB Local writes stream records more and more slowly, and this benchmark does not read them.
      await database.client.send(
        new UpdateTableCommand({
          TableName: database.names.Availabilities,
          StreamSpecification: { StreamEnabled: false },
        }),
      );
      const { items, callers } = await draftSearchData(size, now, database);
      await load({ ...engine, database }, [benchCommunity, ...items]);
      // A warm process has cached the community.
      await getCommunity({ now, database });
      cases.push(...casesOf(size, database, callers, size === sizes.at(-1)));
      log(`${size} open availabilities: ${items.length} items`);
    }
    const measured = await measureReads(cases, quick ? 3 : 15, log);
    const writes = await measureWrites(engine, now, quick ? 5 : 30);
    return report(sizes, measured, writes);
  } finally {
    for (const client of databases) client.destroy();
    await engine.stop();
  }
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
