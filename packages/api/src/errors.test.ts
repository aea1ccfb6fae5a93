import {
  AccountClosed,
  InvalidInput,
  Refusal,
  type RefusalReason,
  refusalReasons,
  TooMuch,
  Unavailable,
} from "@kumite/core/errors";
import { TRPCError } from "@trpc/server";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { errorDetails, requestIdOf, retryAfterHeader, setRequestId, toTRPCError } from "./errors.ts";
import { RateLimitError } from "./limits/rate-limit-error.ts";

/** The TRPCError that tRPC creates from what a procedure throws. */
function thrown(cause: unknown, code: TRPCError["code"] = "INTERNAL_SERVER_ERROR"): TRPCError {
  return new TRPCError({ code, message: cause instanceof Error ? cause.message : "", cause });
}

/** A sentence for people. */
const sentences = /^[A-Z][^{}[\]]*\.$/;

// From the contract.
const codes: Record<RefusalReason, TRPCError["code"]> = {
  NOT_YOURS: "FORBIDDEN",
  COHORT_NOT_ALLOWED: "FORBIDDEN",
  NOT_FOUND: "NOT_FOUND",
  OWN_AVAILABILITY: "BAD_REQUEST",
  TYPE_NOT_OFFERED: "BAD_REQUEST",
  OUTSIDE_WINDOW: "BAD_REQUEST",
  IN_THE_PAST: "BAD_REQUEST",
  ALREADY_BOOKED: "CONFLICT",
  OVERLAPS_MEETING: "CONFLICT",
  OWNER_BUSY: "CONFLICT",
  HAS_BOOKINGS: "CONFLICT",
  ALREADY_CANCELED: "CONFLICT",
  BOOKED_TOO_OFTEN: "CONFLICT",
  TOO_MANY_WINDOWS: "CONFLICT",
  TOO_MANY_BLOCKED: "CONFLICT",
  CHANGED_MEANWHILE: "CONFLICT",
  NOT_ADMIN: "FORBIDDEN",
};

test.each(refusalReasons)("%s", (reason) => {
  const error = toTRPCError(thrown(new Refusal(reason, "In words.", { type: ["Not this."] })));
  expect(error).toMatchObject({ code: codes[reason], message: "In words." });
  expect(errorDetails(error)).toEqual({ reason, fieldErrors: { type: ["Not this."] } });
  expect(errorDetails(toTRPCError(thrown(new Refusal(reason, "In words."))))).toEqual({ reason });
});

test("InvalidInput says which field is wrong", () => {
  const error = toTRPCError(thrown(new InvalidInput({ to: ["Too late."] })));
  expect(error).toMatchObject({ code: "BAD_REQUEST", message: "Too late." });
  expect(errorDetails(error)).toEqual({ fieldErrors: { to: ["Too late."] } });
});

test("an unreachable database is SERVICE_UNAVAILABLE, and its address is not shown", () => {
  const dropped = Object.assign(new Error("connect ECONNREFUSED 10.0.0.7:8000"), { code: "ECONNREFUSED" });
  for (const cause of [new Unavailable("Too many changes at once"), dropped]) {
    const error = toTRPCError(thrown(cause));
    expect(error.code).toBe("SERVICE_UNAVAILABLE");
    expect(error.message).not.toContain(cause.message);
    expect(error.message).toMatch(sentences);
    expect(errorDetails(error)).toEqual({});
  }
});

describe("a call over the limit", () => {
  const tooMany = (seconds: number) => toTRPCError(thrown(new RateLimitError(seconds)));

  test("says when to retry", () => {
    expect(tooMany(42)).toMatchObject({
      code: "TOO_MANY_REQUESTS",
      message: expect.stringContaining("42 s"),
    });
    expect(errorDetails(tooMany(42))).toEqual({ retryAfterSeconds: 42 });
  });

  test("in a batch, the longest wait becomes the header, and other errors do not count", () => {
    const other = toTRPCError(thrown(new Refusal("NOT_FOUND", "")));
    expect(retryAfterHeader([tooMany(3), other, tooMany(42)])).toEqual({ "retry-after": "42" });
    expect(retryAfterHeader([other])).toEqual({});
    expect(retryAfterHeader([])).toEqual({});
  });
});

test("a request over its budget is PAYLOAD_TOO_LARGE", () => {
  const error = toTRPCError(thrown(new TooMuch()));
  expect(error).toMatchObject({
    code: "PAYLOAD_TOO_LARGE",
    message: expect.stringContaining("Ask for less"),
  });
  expect(errorDetails(error)).toEqual({});
});

describe("a defect reveals nothing", () => {
  const output = z.object({ email: z.string() }).safeParse({ email: 5 }).error;
  test.each([
    new Error("secret table"),
    new TypeError("x is undefined"),
    output,
    "secret",
    { secret: 1 },
    undefined,
  ])("%o", (cause) => {
    const error = toTRPCError(thrown(cause));
    expect(error).toMatchObject({ code: "INTERNAL_SERVER_ERROR", message: "Something went wrong." });
    expect(errorDetails(error)).toEqual({});
  });
});

test.each([
  "UNAUTHORIZED",
  "NOT_FOUND",
  "METHOD_NOT_SUPPORTED",
  "PARSE_ERROR",
  "UNSUPPORTED_MEDIA_TYPE",
] as const)("tRPC's own %s stays as it is", (code) => {
  const error = new TRPCError({ code, message: "In words." });
  expect(toTRPCError(error)).toBe(error);
  expect(errorDetails(error)).toEqual({});
});

test.each([
  undefined,
  new SyntaxError("In words."),
  Object.assign(new Error("In words."), { issues: "many" }),
])("a bad request that is not about fields (%o) stays as it is", (cause) => {
  const error = new TRPCError({ code: "BAD_REQUEST", message: "In words.", cause });
  expect(toTRPCError(error)).toBe(error);
  expect(errorDetails(error)).toEqual({});
});

describe("input that does not parse", () => {
  const Input = z
    .strictObject({
      from: z.string(),
      types: z.array(z.enum(["kata"])),
      nested: z.strictObject({ a: z.number() }),
    })
    .refine((input) => input.from !== "never", "Not like this");
  const details = (input: unknown) =>
    errorDetails(toTRPCError(thrown(Input.safeParse(input).error, "BAD_REQUEST"))).fieldErrors;
  const valid = { from: "now", types: [], nested: { a: 1 } };

  test("is reported by top-level field, each message once", () => {
    expect(Object.keys(details({}) ?? {}).toSorted()).toEqual(["from", "nested", "types"]);
    expect(details({ ...valid, types: ["x", "y"] })).toEqual({ types: [expect.any(String)] });
    expect(details({ ...valid, nested: { a: "1", b: 2 } })?.["nested"]).toHaveLength(2);
  });

  test("is reported in a sentence, not in the parser's form", () => {
    const error = toTRPCError(thrown(Input.safeParse({}).error, "BAD_REQUEST"));
    expect(error).toMatchObject({ code: "BAD_REQUEST", message: expect.stringMatching(sentences) });
  });

  test("unknown keys are reported by their names", () => {
    expect(details({ ...valid, color: 1, size: 2 })).toEqual({
      color: ["Unknown field"],
      size: ["Unknown field"],
    });
    const hostile = details(JSON.parse('{"__proto__": 1, "from": "now", "types": [], "nested": {"a": 1}}'));
    expect(JSON.stringify(hostile)).toBe('{"__proto__":["Unknown field"]}');
  });

  test("an answer has at most 50 fields, with names of at most 100 characters", () => {
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`key${at}`, at]));
    expect(Object.keys(details({ ...valid, ...many }) ?? {})).toHaveLength(50);
    const issue = (field: string, message: string) => ({ code: "custom", path: [field], message });
    const issues = [...Object.keys(many).map((name) => issue(name, "First.")), issue("key0", "Second.")];
    const { fieldErrors } = errorDetails(thrown(Object.assign(new Error(), { issues }), "BAD_REQUEST"));
    expect(fieldErrors).toMatchObject({ key0: ["First.", "Second."], key49: ["First."] });
    expect(fieldErrors).not.toHaveProperty("key50");
    const long = { ["x".repeat(10_000)]: 1 };
    expect(Object.keys(details({ ...valid, ...long }) ?? {})).toEqual(["x".repeat(100)]);
  });

  test("an error of the whole input is reported as `input`", () => {
    expect(details({ ...valid, from: "never" })).toEqual({ input: ["Not like this"] });
    for (const input of [null, undefined, 5, "text", []])
      expect(Object.keys(details(input) ?? {})).toEqual(["input"]);
  });
});

test("a deleted account is UNAUTHORIZED, with a message", () => {
  const error = toTRPCError(thrown(new AccountClosed()));
  expect(error).toMatchObject({ code: "UNAUTHORIZED", message: expect.stringMatching(sentences) });
});

test("an error has no request id until one is set", () => {
  const [error, other] = [thrown(new Error("Oh")), thrown(new Error("Oh"))];
  expect(requestIdOf(error)).toBeUndefined();
  setRequestId(error, "one");
  setRequestId(other, "other");
  expect([requestIdOf(error), requestIdOf(other)]).toEqual(["one", "other"]);
});
