import { randomUUID } from "node:crypto";
import {
  deleteAvailability,
  getAvailability,
  listAvailabilities,
  searchAvailabilities,
  setAvailability,
} from "@kumite/core/availabilities";
import type { Availability, SetAvailabilityInput } from "@kumite/core/availabilities/schema";
import { bookAvailability, cancelMeeting } from "@kumite/core/booking";
import { getCalendar } from "@kumite/core/calendar";
import { community, getCommunity } from "@kumite/core/community";
import type { MemberContext } from "@kumite/core/context";
import { getMeeting, listMeetings } from "@kumite/core/meetings";
import { getUser, setUser } from "@kumite/core/users";
import { type Charges, charged } from "./charges.ts";
import { createDrafts, draftMember } from "./drafts.ts";
import { type Engine, load, startEngine } from "./engine.ts";
import { table } from "./measure.ts";
import { scale } from "./scale.ts";
import type { BenchOptions, Section } from "./section.ts";

const hour = 3_600_000;
const day = 24 * hour;
const cohorts = community.cohorts.slice(0, 3);

/** What each operation consumes, by its name in the document. */
export type Operations = Record<string, Charges>;

/** Measures the capacity units of every operation, and computes docs/scaling.md from them. */
export async function run({ quick, log }: BenchOptions): Promise<Section> {
  const engine = await startEngine();
  try {
    const operations = await measure(engine, quick ? 10 : 100);
    log(`${Object.keys(operations).length} operations`);
    return {
      name: "units",
      title: "Units",
      markdown: [describe(operations), ...scale(operations)].join("\n\n"),
      bars: [
        {
          what: "items in the largest transaction",
          value: most(operations, ({ items }) => items),
          most: 100,
        },
        {
          what: "kilobytes in the largest transaction",
          value: most(operations, ({ bytes }) => bytes / 1_024),
          most: 4_096,
        },
      ],
      data: operations,
      plots: {},
    };
  } finally {
    await engine.stop();
  }
}

function most(operations: Operations, figure: (transaction: Charges["transaction"]) => number): number {
  return Math.max(...Object.values(operations).map(({ transaction }) => figure(transaction)));
}

/**
 * Calls every verb once, as an active member would.
 * @param groupSize seats of the group
 */
async function measure(engine: Engine, groupSize: number): Promise<Operations> {
  const now = new Date();
  const { database, take } = charged(engine.database);
  const drafts = createDrafts(engine.database.names);
  const people: MemberContext[] = [];
  for (let at = 0; at < groupSize + 2; at++) {
    people.push({ ...(await draftMember(drafts, randomUUID(), now)), database });
  }
  await load(engine, drafts.takeItems());
  const [owner, member, ...others] = people;
  const [other] = others;
  if (!owner || !member || !other) throw new Error("Too few people");

  const operations: Operations = {};
  const charge = async <Result>(name: string, call: Promise<Result>): Promise<Result> => {
    const result = await call;
    operations[name] = take();
    return result;
  };
  /** A running process caches the community and reads it again every five seconds. */
  const warm = async () => {
    await getCommunity(owner);
    take();
  };
  const today = Math.ceil(now.getTime() / day) * day;
  const input = (days: number, given: Partial<SetAvailabilityInput> = {}): SetAvailabilityInput => ({
    startTime: new Date(today + days * day + 10 * hour).toISOString(),
    endTime: new Date(today + days * day + 11 * hour).toISOString(),
    types: ["sparring"],
    cohorts,
    description: "Bring what you would like to work on, and a recording if you have one.",
    ...given,
  });
  const seat = ({ owner, id, startTime }: Availability) => ({ owner, id, startTime, type: "sparring" });

  await charge("user.get", getUser(member, {}));
  await charge("user.set", setUser(member, { bio: "Twice a week, whenever somebody has time." }));
  await warm();
  const availability = await charge("availability.set (post)", setAvailability(owner, input(1)));
  await setAvailability(owner, input(2, { cohorts: [...community.cohorts] }));
  operations["… open to every cohort"] = take();
  await charge(
    "availability.set (edit)",
    setAvailability(owner, { ...input(1), id: availability.id, location: "Hall 2" }),
  );
  await charge("availability.get", getAvailability(member, availability));
  await charge("availability.book", bookAvailability(member, seat(availability)));
  await charge("… repeated", bookAvailability(member, seat(availability)));
  await bookAvailability(other, seat(availability)).catch(() => undefined);
  operations["… refused as taken"] = take();
  const { id } = await bookAvailability(member, seat(await setAvailability(owner, input(3))));
  take();
  await charge("meeting.get", getMeeting(member, { id }));
  await charge("meeting.cancel", cancelMeeting(member, { id, reason: "I have caught a cold." }));

  for (let days = 4; days < 34; days++) {
    const posted = await setAvailability(owner, input(days));
    await setAvailability(
      owner,
      input(days, { startTime: posted.endTime, endTime: shift(posted.endTime, hour) }),
    );
    await bookAvailability(member, seat(posted));
  }
  for (let days = 40; days < 65; days++) await setAvailability(member, input(days));
  take();
  const [from, to] = [now.toISOString(), new Date(today + 30 * day).toISOString()];
  await charge("availability.search (25)", searchAvailabilities(other, { from, to, limit: 25 }));
  await charge("availability.list (25)", listAvailabilities(member, { limit: 25 }));
  await charge("meeting.list (25)", listMeetings(member, { limit: 25 }));
  await charge(
    "calendar.get (20 meetings)",
    getCalendar(member, { from: shift(from, 4 * day), to: shift(from, 24 * day) }),
  );
  const unwanted = await setAvailability(owner, input(70));
  take();
  await charge("availability.delete", deleteAvailability(owner, { id: unwanted.id }));

  const group = await setAvailability(
    owner,
    input(80, { maxParticipants: groupSize, cohorts: [...community.cohorts] }),
  );
  take();
  for (const [at, person] of [member, ...others].slice(0, groupSize).entries()) {
    await bookAvailability(person, seat(group));
    const charges = take();
    if (at === 0) operations[`availability.book, seat 1 of ${groupSize}`] = charges;
    if (at + 1 === groupSize / 2) operations[`… seat ${at + 1}`] = charges;
    if (at + 1 === groupSize) operations[`… seat ${at + 1}, the last`] = charges;
  }
  await warm();
  await setAvailability(owner, {
    ...input(80),
    id: group.id,
    maxParticipants: groupSize,
    location: "Hall 3",
  });
  operations["availability.set (edit of the full group)"] = take();
  return operations;
}

function shift(instant: string, milliseconds: number): string {
  return new Date(Date.parse(instant) + milliseconds).toISOString();
}

function sum(units: Record<string, number>): number {
  return Object.values(units).reduce((total, each) => total + each, 0);
}

function describe(operations: Operations): string {
  const where = (units: Record<string, number>) =>
    Object.entries(units)
      .map(([name, each]) => `${name} ${each}`)
      .join(", ") || "–";
  return table(
    ["operation", "requests", "read units", "write units", "read", "written", "and in indexes"],
    Object.entries(operations).map(([name, { requests, reads, writes, indexes }]) => [
      name,
      requests,
      sum(reads),
      sum(writes) + sum(indexes),
      where(reads),
      where(writes),
      where(indexes),
    ]),
  );
}
