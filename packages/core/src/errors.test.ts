import { expect, test } from "vitest";
import { AccountClosed, ExpectedError, InvalidInput, Refusal, TooMuch, Unavailable } from "./errors.ts";

test.each([
  [new Refusal("NOT_FOUND", "There is none"), "Refusal"],
  [new InvalidInput({ to: ["Too late"] }), "InvalidInput"],
  [new Unavailable("Too many changes at once"), "Unavailable"],
  [new TooMuch(), "TooMuch"],
  [new AccountClosed(), "AccountClosed"],
])("%o is an ExpectedError with its own name", (error, name) => {
  expect(error).toBeInstanceOf(ExpectedError);
  expect(error.name).toBe(name);
});

test("the message of an invalid input has all field errors", () => {
  expect(new InvalidInput({ from: ["No."], to: ["Nor this.", "At all."] }).message).toBe(
    "No. Nor this. At all.",
  );
});
