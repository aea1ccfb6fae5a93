import { expect, test, vi } from "vitest";
import { describeAuthError, isAlreadyConfirmed, showAuthError } from "./cognito-errors.ts";

function cognitoError(name: string, message = ""): Error {
  return Object.assign(new Error(message), { name });
}

test("an unknown address and a wrong password get the same message", () => {
  expect(describeAuthError(cognitoError("UserNotFoundException"))).toEqual(
    describeAuthError(cognitoError("NotAuthorizedException", "Incorrect username or password.")),
  );
});

test("too many wrong passwords are reported as too many tries, not as a wrong password", () => {
  const { message } = describeAuthError(cognitoError("NotAuthorizedException", "Password attempts exceeded"));
  expect(message).toBe(describeAuthError(cognitoError("LimitExceededException")).message);
});

test.each(["TooManyRequestsException", "ForbiddenException", "LimitExceededException"])(
  "%s asks to wait",
  (name) => {
    expect(describeAuthError(cognitoError(name)).message).toMatch(/^Too many tries\. Wait /);
  },
);

test("an address that signs in with Google is told so, and other trigger errors stay hidden", () => {
  const fromTrigger = (words: string) =>
    cognitoError("UserLambdaValidationException", `PreSignUp failed with error ${words}.`);
  expect(describeAuthError(fromTrigger("SIGNS_IN_WITH_GOOGLE"))).toEqual({
    field: "email",
    message: expect.stringContaining("Continue with Google"),
  });
  expect(describeAuthError(fromTrigger("ECONNRESET")).message).not.toMatch(/Google|ECONN/);
});

test("recognizes an address that is already confirmed", () => {
  const again = "User cannot be confirmed. Current status is CONFIRMED";
  expect(isAlreadyConfirmed(cognitoError("NotAuthorizedException", again))).toBe(true);
  expect(isAlreadyConfirmed(cognitoError("NotAuthorizedException", "Incorrect username or password."))).toBe(
    false,
  );
  expect(isAlreadyConfirmed(cognitoError("CodeMismatchException"))).toBe(false);
});

test("an error is shown at its field if the form has it, else at the form", () => {
  const setError = vi.fn();
  const expired = cognitoError("ExpiredCodeException");
  showAuthError<{ code: string }>(expired, ["code"], setError);
  showAuthError<{ email: string }>(expired, ["email"], setError);
  expect(setError.mock.calls.map(([field]) => field)).toEqual(["code", "root"]);
});

test("never shows Cognito's own message", () => {
  const { message } = describeAuthError(cognitoError("UnexpectedLambdaException", "arn:aws:lambda:…"));
  expect(message).not.toContain("arn");
});
