import { isUnavailable } from "@kumite/core/database/unavailable";
import {
  AccountClosed,
  type FieldErrors,
  InvalidInput,
  Refusal,
  type RefusalReason,
  TooMuch,
} from "@kumite/core/errors";
import { TRPCError } from "@trpc/server";
import type { core } from "zod/mini";
import { RateLimitError } from "./limits/rate-limit-error.ts";

/** The tRPC code of each refusal. */
export const codeOf: Record<RefusalReason, TRPCError["code"]> = {
  NOT_YOURS: "FORBIDDEN",
  COHORT_NOT_ALLOWED: "FORBIDDEN",
  NOT_FOUND: "NOT_FOUND",
  OWN_AVAILABILITY: "BAD_REQUEST",
  TYPE_NOT_OFFERED: "BAD_REQUEST",
  OUTSIDE_WINDOW: "BAD_REQUEST",
  IN_THE_PAST: "BAD_REQUEST",
  ALREADY_BOOKED: "CONFLICT",
  OVERLAPS_MEETING: "CONFLICT",
  OWNER_BUSY: "CONFLICT",
  HAS_BOOKINGS: "CONFLICT",
  ALREADY_CANCELED: "CONFLICT",
  BOOKED_TOO_OFTEN: "CONFLICT",
  TOO_MANY_WINDOWS: "CONFLICT",
  TOO_MANY_BLOCKED: "CONFLICT",
  CHANGED_MEANWHILE: "CONFLICT",
  NOT_ADMIN: "FORBIDDEN",
};

/** Converts an error to the one that clients see. The only place that maps core's errors to tRPC codes. */
export function toTRPCError(error: TRPCError): TRPCError {
  const { cause } = error;
  const as = (code: TRPCError["code"], message: string) => new TRPCError({ code, message, cause });
  if (cause instanceof Refusal) return as(codeOf[cause.reason], cause.message);
  if (cause instanceof InvalidInput) return as("BAD_REQUEST", cause.message);
  if (cause instanceof AccountClosed) return as("UNAUTHORIZED", cause.message);
  if (cause instanceof RateLimitError) return as("TOO_MANY_REQUESTS", cause.message);
  if (cause instanceof TooMuch) return as("PAYLOAD_TOO_LARGE", cause.message);
  if (error.code === "BAD_REQUEST" && isParseError(cause))
    return as("BAD_REQUEST", "Some input is not valid.");
  if (isUnavailable(cause))
    return as("SERVICE_UNAVAILABLE", "Out of reach for a moment. Trying again is safe.");
  if (error.code === "INTERNAL_SERVER_ERROR") return as("INTERNAL_SERVER_ERROR", "Something went wrong.");
  return error;
}

/** Request ids by error: if a request fails as a whole, tRPC's error formatter has no context to read the id from. */
const requestIds = new WeakMap<TRPCError, string>();

/** Stores the id of the request that an error belongs to. Call it in `onError`, before tRPC formats the error. */
export function setRequestId(error: TRPCError, requestId: string): void {
  requestIds.set(error, requestId);
}

export function requestIdOf(error: TRPCError): string | undefined {
  return requestIds.get(error);
}

/** What `error.data` has in addition to tRPC's own fields. */
export interface ErrorDetails {
  reason?: RefusalReason;
  fieldErrors?: FieldErrors;
  /** When to retry after `TOO_MANY_REQUESTS`. */
  retryAfterSeconds?: number;
}

export function errorDetails(error: TRPCError): ErrorDetails {
  const { cause } = error;
  if (cause instanceof RateLimitError) return { retryAfterSeconds: cause.retryAfterSeconds };
  if (cause instanceof Refusal) {
    return { reason: cause.reason, ...(cause.fieldErrors && { fieldErrors: cause.fieldErrors }) };
  }
  if (cause instanceof InvalidInput) return { fieldErrors: cause.fieldErrors };
  if (error.code === "BAD_REQUEST" && isParseError(cause)) return { fieldErrors: fieldErrorsOf(cause) };
  return {};
}

/** The Retry-After header, if a limit refused the request. In a batch, the longest wait counts. */
export function retryAfterHeader(errors: readonly TRPCError[]): Record<string, string> {
  const seconds = errors.map((error) => errorDetails(error).retryAfterSeconds ?? 0);
  const latest = Math.max(0, ...seconds);
  return latest === 0 ? {} : { "retry-after": String(latest) };
}

/** Checks the shape, not the class: importing the class would load zod before any schema is needed. */
function isParseError(cause: unknown): cause is core.$ZodError {
  return cause instanceof Error && "issues" in cause && Array.isArray(cause.issues);
}

/** The most fields in an answer: more than any input has, and a bound on keys that a client makes up. */
const mostFields = 50;
/** Characters of a field's name that an answer repeats. */
const longestName = 100;

/** Messages by top-level field; `input` holds those of the input as a whole. */
function fieldErrorsOf(error: core.$ZodError): FieldErrors {
  const fields = new Map<string, string[]>();
  const add = (name: string, message: string) => {
    const field = name.slice(0, longestName);
    const messages = fields.get(field) ?? [];
    if (messages.length === 0 && fields.size === mostFields) return;
    if (!messages.includes(message)) fields.set(field, [...messages, message]);
  };
  for (const issue of error.issues) {
    const [field] = issue.path;
    if (field === undefined && issue.code === "unrecognized_keys") {
      for (const key of issue.keys) add(key, "Unknown field");
    } else {
      add(field === undefined ? "input" : String(field), issue.message);
    }
  }
  return Object.fromEntries(fields);
}
