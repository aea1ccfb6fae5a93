/** Why an expected request is refused; the closed set that clients know. */
export const refusalReasons = [
  "NOT_YOURS",
  "COHORT_NOT_ALLOWED",
  "NOT_FOUND",
  "OWN_AVAILABILITY",
  "TYPE_NOT_OFFERED",
  "OUTSIDE_WINDOW",
  "IN_THE_PAST",
  "ALREADY_BOOKED",
  "OVERLAPS_MEETING",
  "OWNER_BUSY",
  "HAS_BOOKINGS",
  "ALREADY_CANCELED",
  "BOOKED_TOO_OFTEN",
  "TOO_MANY_WINDOWS",
  "TOO_MANY_BLOCKED",
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

/** Messages by field of the input, as a form shows them. */
export type FieldErrors = Record<string, string[]>;

/** A well-formed request that the rules do not allow. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly reason: RefusalReason;
  readonly fieldErrors: FieldErrors | undefined;

  constructor(reason: RefusalReason, message: string, fieldErrors?: FieldErrors) {
    super(message);
    this.reason = reason;
    this.fieldErrors = fieldErrors;
  }
}

/** Input that parses on its own but not against the clock or the thing it names. */
export class InvalidInput extends Error {
  override readonly name = "InvalidInput";
  readonly fieldErrors: FieldErrors;

  constructor(fieldErrors: FieldErrors) {
    super(Object.values(fieldErrors).flat().join(" "));
    this.fieldErrors = fieldErrors;
  }
}

/** The caller's account is deleted: whatever token they still hold counts for nothing. */
export class AccountClosed extends Error {
  override readonly name = "AccountClosed";
  constructor() {
    super("This account is deleted.");
  }
}

/** The database could not take the request now. Nothing is half done, and trying again is safe. */
export class Unavailable extends Error {
  override readonly name = "Unavailable";
}

/** One call more than a person or an address may make in a minute. */
export class TooManyCalls extends Error {
  override readonly name = "TooManyCalls";
  /** When to come again. */
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super(`Too many calls. Try again in ${retryAfterSeconds} s.`);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The calls of one request ask for more work than one request may cause. */
export class TooMuch extends Error {
  override readonly name = "TooMuch";

  constructor() {
    super("This asks for too much at once. Ask for less.");
  }
}

// What the AWS SDK and Node call it when a service, or the way to it, fails for a while.
const passing = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EAI_AGAIN",
  "ENOTFOUND",
  "EPIPE",
  "ETIMEDOUT",
  "InternalServerError",
  "LimitExceededException",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "ServiceUnavailable",
  "ThrottlingException",
  "TimeoutError",
  "TransactionConflictException",
  "TransactionInProgressException",
]);

/** Whether an error means that the database could not be reached or was too busy, after the SDK's own retries. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof Unavailable) return true;
  if (!(error instanceof Error)) return false;
  const { code, $fault } = error as Error & { code?: unknown; $fault?: unknown };
  return passing.has(error.name) || (typeof code === "string" && passing.has(code)) || $fault === "server";
}
