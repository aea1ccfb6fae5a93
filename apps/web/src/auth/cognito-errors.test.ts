import { expect, test, vi } from "vitest";
import { describeAuthError, isAlreadyConfirmed, showAuthError } from "./cognito-errors.ts";

function cognitoError(name: string, message = ""): Error {
  return Object.assign(new Error(message), { name });
}

test("an unknown address and a wrong password sound the same", () => {
  expect(describeAuthError(cognitoError("UserNotFoundException"))).toEqual(
    describeAuthError(cognitoError("NotAuthorizedException", "Incorrect username or password.")),
  );
});

test("too many wrong passwords are not called a wrong password", () => {
  const { message } = describeAuthError(cognitoError("NotAuthorizedException", "Password attempts exceeded"));
  expect(message).toBe(describeAuthError(cognitoError("LimitExceededException")).message);
});

test.each(["TooManyRequestsException", "ForbiddenException", "LimitExceededException"])(
  "%s says to wait",
  (name) => {
    expect(describeAuthError(cognitoError(name)).message).toMatch(/^Too many tries\. Wait /);
  },
);

test("who signs in with Google is led there, and no other refusal of a trigger is shown", () => {
  const fromTrigger = (words: string) =>
    cognitoError("UserLambdaValidationException", `PreSignUp failed with error ${words}.`);
  expect(describeAuthError(fromTrigger("SIGNS_IN_WITH_GOOGLE"))).toEqual({
    field: "email",
    message: expect.stringContaining("Continue with Google"),
  });
  expect(describeAuthError(fromTrigger("ECONNRESET")).message).not.toMatch(/Google|ECONN/);
});

test("an address that was confirmed before counts as confirmed", () => {
  const again = "User cannot be confirmed. Current status is CONFIRMED";
  expect(isAlreadyConfirmed(cognitoError("NotAuthorizedException", again))).toBe(true);
  expect(isAlreadyConfirmed(cognitoError("NotAuthorizedException", "Incorrect username or password."))).toBe(
    false,
  );
  expect(isAlreadyConfirmed(cognitoError("CodeMismatchException"))).toBe(false);
});

test("an error goes to its field where the form has it, else to the form", () => {
  const setError = vi.fn();
  const expired = cognitoError("ExpiredCodeException");
  showAuthError<{ code: string }>(expired, ["code"], setError);
  showAuthError<{ email: string }>(expired, ["email"], setError);
  expect(setError.mock.calls.map(([field]) => field)).toEqual(["code", "root"]);
});

test("what Cognito says in its own words is never shown", () => {
  const { message } = describeAuthError(cognitoError("UnexpectedLambdaException", "arn:aws:lambda:…"));
  expect(message).not.toContain("arn");
});
