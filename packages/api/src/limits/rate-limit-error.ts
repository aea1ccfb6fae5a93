import { ExpectedError } from "@kumite/core/errors";

/** One call more than a person or an address may make in a minute. */
export class RateLimitError extends ExpectedError {
  override readonly name = "RateLimitError";
  /** When to come again. */
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super(`Too many calls. Try again in ${retryAfterSeconds} s.`);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
