import type { Charges, Units } from "./charges.ts";
import { table } from "./measure.ts";

/** Assumptions about members. */
const bookingsPerMemberAndWeek = 1;
/** How much busier the busiest hour of a week is than the mean. */
const peak = 5;
/** The calls for each booking, by operation, the booking included. */
const perBooking: Readonly<Record<string, number>> = {
  "availability.book": 1,
  "availability.set (post)": 1,
  "availability.search (25)": 10,
  "availability.get": 2,
  "user.get": 2,
  "calendar.get (20 meetings)": 4,
  "meeting.cancel": 0.1,
};
/** The largest cohort's share of members, and the share of availabilities that are open to it. */
const largestCohort = { members: 0.2, availabilities: 0.4 };

/** DynamoDB's limits: units a second. */
const partition = { reads: 3_000, writes: 1_000 };
const tableQuota = 40_000;

/** Dollars for a million units on demand, and for a GB stored for a month. */
const price = { reads: 0.125, writes: 0.625, storage: 0.25 };

const sizes = [10_000, 1_000_000, 100_000_000];
const secondsPerWeek = 7 * 24 * 3_600;

/** A resource with a limit, and how its load grows. */
interface Bottleneck {
  what: string;
  /** Units for each booking with its other calls. */
  load: number;
  /** Units a second. */
  limit: number;
  change: string;
}

/** Computes the tables for docs/scaling.md from the measured units. */
export function scale(operations: Readonly<Record<string, Charges>>): string[] {
  const charges = (name: string): Charges => {
    const found = operations[name];
    if (!found) throw new Error(`${name} was not measured`);
    return found;
  };
  const overall = (units: (charges: Charges) => number) =>
    Object.entries(perBooking).reduce((sum, [name, times]) => sum + times * units(charges(name)), 0);
  const bottlenecks = findBottlenecks(charges, overall);
  const peakBookings = (members: number) => ((members * bookingsPerMemberAndWeek) / secondsPerWeek) * peak;
  const reached = ({ load, limit }: Bottleneck) => limit / load / peakBookings(1);
  const share = ({ load, limit }: Bottleneck, members: number) => {
    const percent = ((load * peakBookings(members)) / limit) * 100;
    return `${percent < 10 ? percent.toPrecision(2) : Math.round(percent).toLocaleString("en")} %`;
  };

  const reads = overall((each) => total(each.reads));
  const writes = overall((each) => total(each.writes) + total(each.indexes));
  const kept = overall((each) => each.kept);
  const bookingsAMonth = (members: number) => (members * bookingsPerMemberAndWeek * 365) / 7 / 12;
  const dollars = (amount: number) => `$${Math.round(amount).toLocaleString("en")}`;
  const money = (members: number) => {
    const millions = bookingsAMonth(members) / 1e6;
    const gigabytesAYear = (bookingsAMonth(members) * 12 * kept) / 1e9;
    return [
      dollars(millions * reads * price.reads),
      dollars(millions * writes * price.writes),
      `${Math.round(gigabytesAYear).toLocaleString("en")} GB`,
      dollars(gigabytesAYear * price.storage),
    ];
  };
  const groups = Object.entries(operations).filter(([name]) => name.startsWith("… seat"));
  return [
    `A booking with what surrounds it: **${reads.toFixed(0)} read units, ${writes.toFixed(1)} write units**, ${Math.round(kept).toLocaleString("en")} bytes kept permanently.`,
    "### What breaks first",
    table(
      [
        "limit",
        "units a booking",
        "a second at most",
        "reached at members",
        ...sizes.map((size) => `at ${short(size)}`),
        "what moves it",
      ],
      bottlenecks
        .toSorted((a, b) => reached(a) - reached(b))
        .map((each) => [
          each.what,
          each.load.toFixed(1),
          each.limit.toLocaleString("en"),
          short(reached(each)),
          ...sizes.map((size) => share(each, size)),
          each.change,
        ]),
    ),
    "### One availability, one person",
    table(
      ["whom many want at once", "write units on one item for each booking", "bookings a second at most"],
      [
        ["one person's days", 2, partition.writes / 2],
        ...groups.map(([name, { writes: units }]) => {
          const item = units["Availabilities"] ?? Number.NaN;
          return [`a group: ${name.replace("… ", "")}`, item, Math.floor(partition.writes / item)];
        }),
      ],
    ),
    "### What it costs",
    table(
      [
        "members",
        "bookings a second at the peak",
        "searches a second",
        "reads a month",
        "writes a month",
        "kept after a year",
        "its storage a month",
      ],
      sizes.map((size) => [
        short(size),
        figure(peakBookings(size)),
        figure(peakBookings(size) * (perBooking["availability.search (25)"] ?? 0)),
        ...money(size),
      ]),
    ),
  ];
}

function findBottlenecks(
  charges: (name: string) => Charges,
  overall: (units: (charges: Charges) => number) => number,
): Bottleneck[] {
  const searches = perBooking["availability.search (25)"] ?? 0;
  const opening = (name: string) => (charges(name).writes["Openings"] ?? 0) / 3;
  const ofTable = (kind: "reads" | "writes", name: string): Bottleneck => ({
    what: `${name}: the ${kind} of a table, default quota`,
    load: overall((each) => each[kind][name] ?? 0),
    limit: tableQuota,
    change: "a higher quota, which AWS grants on request",
  });
  return [
    {
      what: "Openings, largest cohort: reads of one key",
      load: searches * largestCohort.members * (charges("availability.search (25)").reads["Openings"] ?? 0),
      limit: partition.reads,
      change: "read it eventually consistent (half the units); then the month in the key: `cohort#2026-11`",
    },
    {
      what: "Openings, largest cohort: writes of one key",
      load:
        largestCohort.availabilities *
        (opening("availability.set (post)") + opening("availability.book") + 0.1 * opening("meeting.cancel")),
      limit: partition.writes,
      change: "the month in the key: `cohort#2026-11`, then a shard by the availability's id",
    },
    {
      what: "byStatus: writes of the key `SCHEDULED`, which hold back the table when they are throttled",
      load: overall((each) => each.indexes["Availabilities.byStatus"] ?? 0),
      limit: partition.writes,
      change: "no procedure reads the index: project keys alone, or drop it",
    },
    ...["Users", "Availabilities", "Openings", "Calendar", "Meetings"].map((name) => ofTable("reads", name)),
    ...["Availabilities", "Openings", "Calendar", "Meetings"].map((name) => ofTable("writes", name)),
  ];
}

function total(units: Units): number {
  return Object.values(units).reduce((sum, each) => sum + each, 0);
}

/** Formats a number to three digits. */
function figure(value: number): string {
  return value.toLocaleString("en", { maximumSignificantDigits: 3 });
}

/** E.g. `10 k`, `1 M`. */
function short(count: number): string {
  const [unit, divisor] = count >= 1e9 ? ["G", 1e9] : count >= 1e6 ? ["M", 1e6] : ["k", 1e3];
  return `${Number((count / divisor).toPrecision(2))} ${unit}`;
}
