import { randomUUID } from "node:crypto";
import { QueryCommand, type QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import { setAvailability } from "@kumite/core/availabilities";
import { bookAvailability } from "@kumite/core/booking";
import { getCalendar } from "@kumite/core/calendar";
import type { MemberContext } from "@kumite/core/context";
import type { Database } from "@kumite/core/database";
import { metered } from "@kumite/core/database/meter";
import { createDrafts, type Drafts, draftMember } from "./drafts.ts";
import { load, type Stored, startEngine } from "./engine.ts";
import { median, rotated, table } from "./measure.ts";
import { draw } from "./plot.ts";
import type { BenchOptions, Section } from "./section.ts";

const hour = 3_600_000;
const day = 24 * hour;

/** The content of the month, the same in every account. */
const inMonth = { meetings: 20, availabilities: 5 };

interface Span {
  from: string;
  to: string;
}

/** One account's month, read in one of two ways. */
interface Measured {
  past: number;
  way: Way;
  /** For each read. */
  requests: number;
  units: number;
  found: number;
  /** In milliseconds. */
  latencies: number[];
}

const ways = ["calendar", "indexes"] as const;
type Way = (typeof ways)[number];
const titles: Record<Way, string> = {
  calendar: "calendar.get",
  indexes: "byOwner and byParticipant, filtered",
};

export async function run({ quick, log }: BenchOptions): Promise<Section> {
  const histories = quick ? [10, 300] : [10, 1_000, 10_000];
  const rounds = quick ? 3 : 151;
  const engine = await startEngine();
  try {
    const now = new Date();
    const span = { from: now.toISOString(), to: new Date(now.getTime() + 30 * day).toISOString() };
    const accounts: { past: number; member: MemberContext }[] = [];
    for (const past of histories) {
      const drafts = createDrafts(engine.database.names);
      const member = await draftMember(drafts, randomUUID(), now);
      const other = await draftMember(drafts, randomUUID(), now);
      await load(engine, drafts.takeItems());
      await load(engine, await draftHistory(drafts, member, other, past));
      await fillMonth({ ...member, database: engine.database }, { ...other, database: engine.database });
      accounts.push({ past, member });
      log(`${past} past meetings`);
    }
    const measured = accounts.flatMap(({ past }) =>
      ways.map((way): Measured => ({ past, way, requests: 0, units: 0, found: 0, latencies: [] })),
    );
    // One way after the other, because garbage of a long history would slow the next read. A fifth more rounds at first
    // are a warm-up and are not counted.
    for (const way of ways) {
      const cases = measured.filter((each) => each.way === way);
      for (let round = -Math.ceil(rounds / 5); round < rounds; round++) {
        for (const each of rotated(cases, round + rounds)) {
          // Reading a long history by the indexes is slow and varies little.
          if (each.way === "indexes" && each.past > 1_000 && round % 10 !== 0) continue;
          const member = accounts.find(({ past }) => past === each.past)?.member;
          if (!member) continue;
          const { database, consumed } = metered(engine.database);
          const begin = performance.now();
          const found = await read(each.way, { ...member, database }, span);
          const latency = performance.now() - begin;
          if (round >= 0) each.latencies.push(Math.round(latency * 100) / 100);
          Object.assign(each, consumed(), { found });
        }
      }
    }
    return report(measured);
  } finally {
    await engine.stop();
  }
}

/** Reads a month, and returns how many meetings it has. */
async function read(way: Way, ctx: MemberContext, span: Span): Promise<number> {
  if (way === "calendar") return (await getCalendar(ctx, span)).meetings.length;
  const [asOwner, asParticipant] = await Promise.all([
    readAll(ctx.database, "byOwner", "owner", ctx.actor.username),
    readAll(ctx.database, "byParticipant", "participant", ctx.actor.username),
  ]);
  return [...asOwner, ...asParticipant].filter(
    ({ startTime, endTime }) => String(startTime) < span.to && String(endTime) > span.from,
  ).length;
}

/** Reads as the replaced system did: its index of meetings is not ordered by time, so all of it is read. */
async function readAll(database: Database, IndexName: string, key: string, username: string) {
  const input: QueryCommandInput = {
    TableName: database.names.Meetings,
    IndexName,
    KeyConditionExpression: "#key = :username",
    ExpressionAttributeNames: { "#key": key },
    ExpressionAttributeValues: { ":username": username },
  };
  const found: Record<string, unknown>[] = [];
  do {
    const { Items = [], LastEvaluatedKey } = await database.client.send(new QueryCommand(input));
    found.push(...Items);
    input.ExclusiveStartKey = LastEvaluatedKey;
  } while (input.ExclusiveStartKey);
  return found;
}

/**
 * Drafts two people's meetings, eight a day until two days ago, as stored: availabilities and busy days have expired.
 */
async function draftHistory(
  drafts: Drafts,
  member: MemberContext,
  other: MemberContext,
  past: number,
): Promise<Stored[]> {
  const kept: Stored[] = [];
  const today = Math.floor(member.now.getTime() / day) * day;
  for (let at = 0; at < past; at++) {
    const start = today - (2 + Math.floor(at / 8)) * day + (9 + (at % 8)) * hour;
    const now = new Date(start - day);
    await meet({ ...member, now }, { ...other, now }, at, start);
    kept.push(
      ...drafts
        .takeItems()
        .filter(
          ({ table, item }) =>
            table === "Meetings" || (table === "Calendar" && String(item["entry"]).startsWith("meeting#")),
        ),
    );
  }
  return kept;
}

async function fillMonth(member: MemberContext, other: MemberContext): Promise<void> {
  const today = Math.floor(member.now.getTime() / day) * day;
  for (let at = 0; at < inMonth.meetings; at++)
    await meet(member, other, at, today + (2 + at) * day + 9 * hour);
  for (let at = 0; at < inMonth.availabilities; at++) await post(member, today + (2 + at) * day + 15 * hour);
}

function post(owner: MemberContext, start: number) {
  return setAvailability(owner, {
    startTime: new Date(start).toISOString(),
    endTime: new Date(start + hour).toISOString(),
    types: ["sparring"],
    cohorts: ["White"],
    description: "Bring what you would like to work on.",
  });
}

/** Books a meeting of two people, who take turns as host. */
async function meet(member: MemberContext, other: MemberContext, at: number, start: number): Promise<void> {
  const [owner, participant] = at % 2 === 0 ? [member, other] : [other, member];
  const { id } = await post(owner, start);
  await bookAvailability(participant, { owner: owner.actor.username, id });
}

function report(measured: readonly Measured[]): Section {
  const flatness = (figure: (each: Measured) => number) => {
    const figures = measured.filter(({ way }) => way === "calendar").map(figure);
    return Math.max(...figures) / Math.min(...figures);
  };
  const latency = ({ latencies }: Measured) => median(latencies);
  const histories = [...new Set(measured.map(({ past }) => past))];
  const of = (way: Way) => measured.filter((each) => each.way === way);
  return {
    name: "calendar",
    title: "Calendar",
    markdown: [
      `A month with ${inMonth.meetings} meetings and ${inMonth.availabilities} open availabilities. The indexes answer the meetings alone, and eventually consistent, at half the units.`,
      table(
        [
          "a month by",
          "past meetings in the account",
          "meetings found",
          "requests",
          "read units",
          "median (ms)",
        ],
        ways.flatMap((way) =>
          of(way).map((each) => [
            titles[way],
            each.past.toLocaleString("en"),
            each.found,
            each.requests,
            each.units,
            latency(each).toFixed(2),
          ]),
        ),
      ),
      "![A month](benchmarks/calendar.svg)",
    ].join("\n\n"),
    bars: [
      {
        what: "read units, most of least over the histories",
        value: flatness(({ units }) => units),
        most: 1.1,
      },
      { what: "median latency, most of least over the histories", value: flatness(latency), most: 1.1 },
    ],
    data: measured,
    plots: {
      "calendar.svg": draw({
        title: "A month of the calendar: median latency",
        kind: "line",
        categories: histories.map((past) => past.toLocaleString("en")),
        horizontal: "past meetings in the account",
        vertical: "ms",
        logarithmic: true,
        series: ways.map((way) => ({ name: titles[way], values: of(way).map(latency) })),
      }),
    },
  };
}
