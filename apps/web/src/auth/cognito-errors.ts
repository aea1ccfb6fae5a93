import type { FieldValues, Path, UseFormSetError } from "react-hook-form";
import { passwordPolicy } from "./credentials.ts";

type Description = { message: string; field?: "email" | "password" | "code" };

const tooOften: Description = { message: "Too many tries. Wait a few minutes, then try again." };
const wrongPassword: Description = { message: "That e-mail address and password do not belong together." };
/** The word is that of packages/functions/src/pre-sign-up.ts. */
const signsInWithGoogle: Description = {
  field: "email",
  message: "This address signs in with Google: choose “Continue with Google”.",
};

const descriptions: Record<string, Description> = {
  NotAuthorizedException: wrongPassword,
  // Whether an address has an account is nobody else's business.
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
    message: "That is not the code. Take the one from the newest message.",
  },
  ExpiredCodeException: { field: "code", message: "That code has expired. Ask for a new one." },
  CodeDeliveryFailureException: { field: "email", message: "No e-mail could be sent to this address." },
  LimitExceededException: tooOften,
  // The address or the whole pool is too busy; the web ACL in front of Cognito says it by the second name.
  TooManyRequestsException: { message: "Too many tries. Wait a minute, then try again." },
  ForbiddenException: tooOften,
  TooManyFailedAttemptsException: tooOften,
  UserNotConfirmedException: { message: "Confirm your e-mail address first: sign in, and you get a code." },
  PasswordResetRequiredException: { message: "You need a new password. Choose “Forgotten password?”." },
  NetworkError: { message: "Kumite did not answer. Check your connection, then try again." },
};

/** Cognito's error in human words, and the field that it is about. */
export function describeAuthError(error: unknown): Description {
  if (error instanceof Error) {
    // Cognito has no name of its own for this one.
    if (error.name === "NotAuthorizedException" && /attempts exceeded/i.test(error.message)) return tooOften;
    if (error.name === "UserLambdaValidationException" && error.message.includes("SIGNS_IN_WITH_GOOGLE")) {
      return signsInWithGoogle;
    }
    const description = descriptions[error.name];
    if (description) return description;
  }
  return { message: "Something went wrong. Try again in a moment." };
}

/** Whether an address was already confirmed when its code was sent in. */
export function isAlreadyConfirmed(error: unknown): boolean {
  return error instanceof Error && error.name === "NotAuthorizedException" && /CONFIRMED/.test(error.message);
}

/** Puts Cognito's error at the form's field that it is about, where there is one, else at the form. */
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
