/** Mutants that no test can distinguish from the original, each with the reason. */
export interface Explained {
  readonly file: string;
  /** The changed line, or a part of it. */
  readonly line: string;
  /** The replacement; any change of that line if left out. */
  readonly to?: string;
  readonly why: string;
}

const auth = "packages/api/src/auth.ts";
const rules = "packages/core/src/availabilities/rules.ts";
const bookingRules = "packages/core/src/availabilities/booking-rules.ts";
const seats = "packages/core/src/availabilities/seats.ts";
const openings = "packages/core/src/availabilities/openings.ts";
const calendar = "packages/core/src/agenda/repository.ts";
const busy = "packages/core/src/agenda/busy.ts";
const cursor = "packages/core/src/context/cursor.ts";
const budget = "packages/core/src/database/budget.ts";
const transact = "packages/core/src/database/transact.ts";
const address = "packages/api/src/limits/address.ts";
const limiter = "packages/api/src/limits/limiter.ts";
const limits = "packages/api/src/limits/limits.ts";

export const explained: readonly Explained[] = [
  {
    file: auth,
    line: 'parseCookie(headers.get("cookie") ?? "")',
    to: '"Stryker was here!"',
    why: "Without cookies, any text that does not contain ours has the same effect.",
  },
  {
    file: auth,
    line: 'headers.get("host") ?? ""',
    to: '"Stryker was here!"',
    why: "Without a host, any text that is not a host has the same effect.",
  },
  ...[calendar, openings].map((file) => ({
    file,
    line: "Items = []",
    to: '["Stryker was here"]',
    why: "A Query always returns a list. The default is there for the compiler.",
  })),
  {
    file: openings,
    line: "ScannedCount = 0,",
    to: "1",
    why: "A Query always returns how much it has read. The default is there for the compiler.",
  },
  {
    file: openings,
    line: "const isBeforeSpan = first < query.from;",
    to: "first <= query.from",
    why: "They are never equal: the first key is a day before the span, or is longer than an instant.",
  },
  {
    file: openings,
    line: "if (atMost !== undefined) input.Limit = atMost;",
    to: "true",
    why: "An undefined limit is no limit. The comparison is there for the compiler.",
  },
  {
    file: seats,
    line: "seen.seats[name]?.meetingId",
    to: "seen.seats[name].meetingId",
    why: "The participants are those of the availability's own seats. The question mark is there for the compiler.",
  },
  {
    file: rules,
    line: "(viewer.cohort !== null && record.cohorts.includes(viewer.cohort))",
    to: "true",
    why: "No cohort of an availability is null. The comparison is there for the compiler.",
  },
  {
    file: bookingRules,
    line: "if (member.cohort === null || !availability.cohorts.includes(member.cohort)) {",
    to: "false",
    why: "No cohort of an availability is null. The comparison is there for the compiler.",
  },
  {
    file: busy,
    line: "seen: readonly SeenDay[] = [],",
    to: '["Stryker was here"]',
    why: "Only days of these people are read.",
  },
  {
    file: busy,
    line: "version: 1,",
    to: "2",
    why: "Versions are only compared for equality. They may begin anywhere.",
  },
  ...[
    "readUnits: 2_000,",
    "writeUnits: 4_000,",
    "answerBytes: 6_000_000,",
    "atOnce: 4,",
    "beginMs: 7_000,",
  ].map((line) => ({
    file: budget,
    line,
    why: "The amount is a choice; the tests of a request's size check the result.",
  })),
  ...[budget, "packages/core/src/database/meter.ts"].map((file) => ({
    file,
    line: "[answer.ConsumedCapacity ?? []].flat()",
    to: '["Stryker was here"]',
    why: "A text consumes no capacity.",
  })),
  {
    file: "packages/core/src/database/batch-get.ts",
    line: "const batches: Promise<Items>[] = [];",
    to: '["Stryker was here"]',
    why: "Only promises are awaited.",
  },
  {
    file: cursor,
    line: 'const [payload = "", mac = ""]',
    to: '"Stryker was here!"',
    why: "A text without a dot is refused with any signature; the first part always exists.",
  },
  {
    file: cursor,
    line: "if (given.length !== expected.length",
    to: "false",
    why: "The comparison of the whole text refuses the same cursors. This one takes the same time for each.",
  },
  {
    file: transact,
    line: "error.$metadata.attempts ?? 1",
    to: "2",
    why: "The SDK always says how many attempts it made.",
  },
  {
    file: transact,
    line: "of (error.CancellationReasons ?? []).entries()",
    to: '["Stryker was here"]',
    why: "A text has no code, and so is no reason.",
  },
  {
    file: transact,
    line: 'failed.set(items[index]?.[0] ?? ""',
    to: '"Stryker was here!"',
    why: "DynamoDB returns one reason for each item.",
  },
  {
    file: transact,
    line: 'failed.set(items[index]?.[0] ?? ""',
    to: "items[index][0]",
    why: "DynamoDB returns one reason for each item.",
  },
  ...["minTimeout: 10,", "minTimeout: 5,", "maxTimeout: 250,", "factor: 1.6,", "randomize: true,"].map(
    (line) => ({
      file: transact,
      line,
      why: "The wait between attempts is a choice; a test checks the sum.",
    }),
  ),
  {
    file: "packages/core/src/database/unavailable.ts",
    line: 'typeof code === "string" && passing.has(code)',
    to: "true",
    why: "The set contains only texts. The comparison is there for the compiler.",
  },
  {
    file: address,
    line: 'const [head = "", tail]',
    to: '"Stryker was here!"',
    why: "The first part always exists.",
  },
  {
    file: address,
    line: 'if (!text.includes(":")',
    to: '""',
    why: "A text without a colon is not an address in brackets either. This only saves parsing it.",
  },
  {
    file: address,
    line: "const zeros = tail === undefined ? 0",
    to: "1",
    why: "Without `::` there are eight groups, and only the first four are used.",
  },
  {
    file: address,
    line: 'groups(tail ?? "")',
    to: '"Stryker was here!"',
    why: "Without `::` there are eight groups, and only the first four are used.",
  },
  {
    file: "packages/api/src/limits/count-call.ts",
    line: "return await addCalls(ctx.database, ...calls);",
    to: "addCalls(ctx.database, ...calls)",
    why: "A promise that an async function returns is awaited in any case.",
  },
  {
    file: limiter,
    line: "#minuteStart = 0;",
    to: "1",
    why: "Every minute is also later than the first millisecond of 1970.",
  },
  {
    file: limiter,
    line: "#isAlone = false;",
    to: "true",
    why: "The first call sets it, because a minute begins.",
  },
  {
    file: limits,
    line: "1_000_000",
    why: "Nobody reaches the wide limits.",
  },
  {
    file: limits,
    line: "export const wideLimits: Limits = {",
    to: "{}",
    why: "The functions' own tests run with these limits and fail without them.",
  },
  {
    file: "packages/core/src/database/counters.ts",
    line: 'return Number(Attributes?.["calls"]);',
    to: 'Attributes["calls"]',
    why: "DynamoDB returns the requested attributes. The question mark is there for the compiler.",
  },
];
