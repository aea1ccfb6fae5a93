import type { FieldValues, Path, UseFormSetError } from "react-hook-form";
import { passwordPolicy } from "./credentials.ts";

type Description = { message: string; field?: "email" | "password" | "code" };

const tooOften: Description = { message: "Too many tries. Wait a few minutes, then try again." };
const wrongPassword: Description = { message: "The e-mail address or the password is wrong." };
/** For the reason `SIGNS_IN_WITH_GOOGLE` from packages/functions/src/pre-sign-up.ts. */
const signsInWithGoogle: Description = {
  field: "email",
  message: "This address signs in with Google: choose “Continue with Google”.",
};

const descriptions: Record<string, Description> = {
  NotAuthorizedException: wrongPassword,
  // Same message: it must not reveal whether an address has an account.
  UserNotFoundException: wrongPassword,
  UsernameExistsException: {
    field: "email",
    message: "There is already an account with this address. Sign in, or choose a new password.",
  },
  AliasExistsException: { field: "email", message: "Another account already uses this address." },
  InvalidPasswordException: { field: "password", message: `That password is too weak. ${passwordPolicy}.` },
  PasswordHistoryPolicyViolationException: {
    field: "password",
    message: "You have used this password before.",
  },
  CodeMismatchException: {
    field: "code",
    message: "That is not the code. Use the one from the newest e-mail.",
  },
  ExpiredCodeException: { field: "code", message: "That code has expired. Ask for a new one." },
  CodeDeliveryFailureException: { field: "email", message: "We could not send an e-mail to this address." },
  LimitExceededException: tooOften,
  // Cognito throttles the client's address or the whole pool. The web ACL in front of it answers with the second name.
  TooManyRequestsException: { message: "Too many tries. Wait a minute, then try again." },
  ForbiddenException: tooOften,
  TooManyFailedAttemptsException: tooOften,
  UserNotConfirmedException: { message: "Confirm your e-mail address first: sign in, and you get a code." },
  PasswordResetRequiredException: { message: "You need a new password. Choose “Forgotten password?”." },
  NetworkError: { message: "Kumite did not answer. Check your connection, then try again." },
};

/** Returns the message for Cognito's error, and the field that it belongs to. */
export function describeAuthError(error: unknown): Description {
  if (error instanceof Error) {
    // Cognito has no separate name for this error.
    if (error.name === "NotAuthorizedException" && /attempts exceeded/i.test(error.message)) return tooOften;
    if (error.name === "UserLambdaValidationException" && error.message.includes("SIGNS_IN_WITH_GOOGLE")) {
      return signsInWithGoogle;
    }
    const description = descriptions[error.name];
    if (description) return description;
  }
  return { message: "Something went wrong. Try again in a moment." };
}

/** Whether Cognito refused a code because the address is already confirmed. */
export function isAlreadyConfirmed(error: unknown): boolean {
  return error instanceof Error && error.name === "NotAuthorizedException" && /CONFIRMED/.test(error.message);
}

/** Shows Cognito's error at its field if the form has it, else at the form. */
export function showAuthError<Fields extends FieldValues>(
  error: unknown,
  fields: readonly Path<Fields>[],
  setError: UseFormSetError<Fields>,
): void {
  const { field, message } = describeAuthError(error);
  const known = fields.find((name) => name === field);
  if (known) setError(known, { type: "server", message }, { shouldFocus: true });
  else setError("root", { type: "server", message });
}
