import { describe, expect, test } from "vitest";
import {
  AccountClosed,
  InvalidInput,
  isUnavailable,
  Refusal,
  TooManyCalls,
  TooMuch,
  Unavailable,
} from "./errors.ts";

function named(name: string, more: Record<string, unknown> = {}): Error {
  return Object.assign(new Error(name), { name, ...more });
}

describe("the database is out of reach", () => {
  test.each([
    new Unavailable("Too many changes at once"),
    named("InternalServerError"),
    named("LimitExceededException"),
    named("ProvisionedThroughputExceededException"),
    named("RequestLimitExceeded"),
    named("ServiceUnavailable"),
    named("ThrottlingException"),
    named("TimeoutError"),
    named("TransactionConflictException"),
    named("TransactionInProgressException"),
    named("Error", { code: "EAI_AGAIN" }),
    named("Error", { code: "ECONNREFUSED" }),
    named("Error", { code: "ECONNRESET" }),
    named("Error", { code: "ENOTFOUND" }),
    named("Error", { code: "EPIPE" }),
    named("Error", { code: "ETIMEDOUT" }),
    named("SomethingNew", { $fault: "server" }),
  ])("%o", (error) => {
    expect(isUnavailable(error)).toBe(true);
  });
});

describe("a defect, or a refusal, is not that", () => {
  test.each([
    new Error("Oh"),
    new TypeError("Oh"),
    named("ValidationException", { $fault: "client" }),
    named("ResourceNotFoundException", { $fault: "client" }),
    named("AccessDeniedException", { $fault: "client" }),
    named("Error", { code: "ENOENT" }),
    named("Error", { code: 5 }),
    new Refusal("NOT_FOUND", "There is none"),
    new InvalidInput({ to: ["Too late"] }),
    "ECONNREFUSED",
    { name: "TimeoutError" },
    undefined,
    null,
  ])("%o", (error) => {
    expect(isUnavailable(error)).toBe(false);
  });
});

test.each([
  [new Refusal("NOT_FOUND", "There is none"), "Refusal"],
  [new InvalidInput({ to: ["Too late"] }), "InvalidInput"],
  [new Unavailable("Too many changes at once"), "Unavailable"],
  [new TooManyCalls(3), "TooManyCalls"],
  [new TooMuch(), "TooMuch"],
  [new AccountClosed(), "AccountClosed"],
])("%o is named in logs as what it is", (error, name) => {
  expect(error.name).toBe(name);
});

test("an invalid input says all that is wrong", () => {
  expect(new InvalidInput({ from: ["No."], to: ["Nor this.", "At all."] }).message).toBe(
    "No. Nor this. At all.",
  );
});
