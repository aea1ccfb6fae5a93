/** Mutants that no test can tell from the original, each with the reason. */
export interface Explained {
  readonly file: string;
  /** The line that is changed, or a part of it. */
  readonly line: string;
  /** What stands there instead; any change of that line where left out. */
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
    why: "Where there are no cookies, any text without ours will do.",
  },
  {
    file: auth,
    line: 'headers.get("host") ?? ""',
    to: '"Stryker was here!"',
    why: "Where no host is named, any text that is no host will do.",
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
    why: "A Query always tells how much it has read. The default is there for the compiler.",
  },
  {
    file: openings,
    line: "const isBeforeSpan = first < query.from;",
    to: "first <= query.from",
    why: "They are never the same: the first key lies a day before the span, or is longer than an instant.",
  },
  {
    file: openings,
    line: "if (atMost !== undefined) input.Limit = atMost;",
    to: "true",
    why: "A limit that is undefined is none. The comparison is there for the compiler.",
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
    why: "What is no day of these people is not looked at.",
  },
  {
    file: busy,
    line: "version: 1,",
    to: "2",
    why: "A version is compared for being the same. It may begin anywhere.",
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
    why: "How much is a choice; the tests of what a request weighs hold what it comes to.",
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
    why: "What is no promise is not waited for.",
  },
  {
    file: cursor,
    line: 'const [payload = "", mac = ""]',
    to: '"Stryker was here!"',
    why: "A text without a dot is refused whatever stands in for its signature; the first part is always there.",
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
    why: "DynamoDB tells one reason for each item.",
  },
  {
    file: transact,
    line: 'failed.set(items[index]?.[0] ?? ""',
    to: "items[index][0]",
    why: "DynamoDB tells one reason for each item.",
  },
  ...["minTimeout: 10,", "minTimeout: 5,", "maxTimeout: 250,", "factor: 1.6,", "randomize: true,"].map(
    (line) => ({
      file: transact,
      line,
      why: "How long to wait between attempts is a choice; a test holds the sum.",
    }),
  ),
  {
    file: "packages/core/src/database/unavailable.ts",
    line: 'typeof code === "string" && passing.has(code)',
    to: "true",
    why: "No code that is not a text is in the set. The comparison is there for the compiler.",
  },
  {
    file: address,
    line: 'const [head = "", tail]',
    to: '"Stryker was here!"',
    why: "The first part is always there.",
  },
  {
    file: address,
    line: 'if (!text.includes(":")',
    to: '""',
    why: "A text without a colon is no address in brackets either. This only saves parsing it.",
  },
  {
    file: address,
    line: "const zeros = tail === undefined ? 0",
    to: "1",
    why: "Where nothing is left out there are eight groups, and only the first four are looked at.",
  },
  {
    file: address,
    line: 'groups(tail ?? "")',
    to: '"Stryker was here!"',
    why: "Where nothing is left out there are eight groups, and only the first four are looked at.",
  },
  {
    file: "packages/api/src/limits/count-call.ts",
    line: "return await addCalls(ctx.database, ...calls);",
    to: "addCalls(ctx.database, ...calls)",
    why: "A promise that an async function returns is waited for all the same.",
  },
  {
    file: limiter,
    line: "#minuteStart = 0;",
    to: "1",
    why: "Every minute is later than the first millisecond of 1970, too.",
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
    why: "Wide is what nobody reaches.",
  },
  {
    file: limits,
    line: "export const wideLimits: Limits = {",
    to: "{}",
    why: "The functions' own tests run with these limits, and fail without them.",
  },
  {
    file: "packages/core/src/database/counters.ts",
    line: 'return Number(Attributes?.["calls"]);',
    to: 'Attributes["calls"]',
    why: "What was asked to be returned is returned. The question mark is there for the compiler.",
  },
];
