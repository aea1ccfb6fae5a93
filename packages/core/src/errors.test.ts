import { describe, expect, test } from "vitest";
import { InvalidInput, isUnavailable, Refusal, Unavailable } from "./errors.ts";

function named(name: string, more: Record<string, unknown> = {}): Error {
  return Object.assign(new Error(name), { name, ...more });
}

describe("the database is out of reach", () => {
  test.each([
    new Unavailable("Too many changes at once"),
    named("ThrottlingException"),
    named("ProvisionedThroughputExceededException"),
    named("RequestLimitExceeded"),
    named("TransactionConflictException"),
    named("TransactionInProgressException"),
    named("TimeoutError"),
    named("Error", { code: "ECONNREFUSED" }),
    named("Error", { code: "ECONNRESET" }),
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

test("an invalid input says all that is wrong", () => {
  expect(new InvalidInput({ from: ["No."], to: ["Nor this.", "At all."] }).message).toBe(
    "No. Nor this. At all.",
  );
});
