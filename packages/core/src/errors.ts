/** The reasons for which an expected request is refused: a closed set that clients know. */
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
  "CHANGED_MEANWHILE",
  "NOT_ADMIN",
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

/** Messages by input field, as a form shows them. */
export type FieldErrors = Record<string, string[]>;

/** The base of all errors that a caller may cause or meet. Every other error is a defect. */
export abstract class ExpectedError extends Error {}

/** A well-formed request that the rules do not allow. */
export class Refusal extends ExpectedError {
  override readonly name = "Refusal";
  readonly reason: RefusalReason;
  readonly fieldErrors: FieldErrors | undefined;

  constructor(reason: RefusalReason, message: string, fieldErrors?: FieldErrors) {
    super(message);
    this.reason = reason;
    this.fieldErrors = fieldErrors;
  }
}

/** Input that matches its schema, but not the present time or the item that it refers to. */
export class InvalidInput extends ExpectedError {
  override readonly name = "InvalidInput";
  readonly fieldErrors: FieldErrors;

  constructor(fieldErrors: FieldErrors) {
    super(Object.values(fieldErrors).flat().join(" "));
    this.fieldErrors = fieldErrors;
  }
}

/** The caller's account is deleted. Its remaining tokens are no longer accepted. */
export class AccountClosed extends ExpectedError {
  override readonly name = "AccountClosed";
  constructor() {
    super("This account is deleted.");
  }
}

/** The database could not process the request now. Nothing is half written, and retrying is safe. */
export class Unavailable extends ExpectedError {
  override readonly name = "Unavailable";
}

/** The calls of one request need more work than one request may cause. */
export class TooMuch extends ExpectedError {
  override readonly name = "TooMuch";

  constructor() {
    super("This request asks for too much at once. Ask for less.");
  }
}
