import { ExpectedError } from "@kumite/core/errors";

/** A person or an address has made too many calls in a minute. */
export class RateLimitError extends ExpectedError {
  override readonly name = "RateLimitError";
  /** Seconds to wait before a retry. */
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super(`Too many calls. Try again in ${retryAfterSeconds} s.`);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
