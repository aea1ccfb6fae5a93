import { describe, expect, test } from "vitest";
import { InvalidInput, Refusal, Unavailable } from "../errors.ts";
import { isUnavailable } from "./unavailable.ts";

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

describe("a defect or a refusal is not unavailability", () => {
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
