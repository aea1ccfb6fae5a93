import type { AppRouter } from "@kumite/api";
import type { TRPCClientError } from "@trpc/client";

type ErrorData = AppRouter["_def"]["_config"]["$types"]["errorShape"]["data"];

/** Why the API refuses a request: the contract's complete set. */
export type RefusalReason = NonNullable<ErrorData["reason"]>;

type Words = { title: string; detail?: string };

/** Refusals that only admins get; features/admin has their messages. */
type AdminReason = "CHANGED_MEANWHILE" | "NOT_ADMIN";

const refusals: Record<Exclude<RefusalReason, AdminReason>, Words> & Partial<Record<AdminReason, Words>> = {
  NOT_YOURS: {
    title: "This belongs to someone else",
    detail: "Only its people can see or change it.",
  },
  COHORT_NOT_ALLOWED: {
    title: "Not open to your cohort",
    detail: "Its owner offers it to other cohorts. Your profile shows yours.",
  },
  NOT_FOUND: {
    title: "Nothing here",
    detail: "It may have been deleted, or the link is incomplete.",
  },
  OWN_AVAILABILITY: {
    title: "This open time is your own",
    detail: "Others can book it; you will see it in your calendar.",
  },
  TYPE_NOT_OFFERED: {
    title: "That is not offered here",
    detail: "Choose one of the kinds that this open time offers.",
  },
  OUTSIDE_WINDOW: { title: "That start does not fit the open time", detail: "Choose another start time." },
  IN_THE_PAST: { title: "That time has passed", detail: "Choose a later one." },
  ALREADY_BOOKED: { title: "Taken a moment ago", detail: "Someone else booked it. Find has similar ones." },
  OVERLAPS_MEETING: {
    title: "You have another meeting then",
    detail: "Choose another time, or cancel the other meeting first.",
  },
  OWNER_BUSY: { title: "They have another meeting then", detail: "Choose another time." },
  HAS_BOOKINGS: {
    title: "Someone has booked it",
    detail: "Booked parts cannot change. You can cancel all of it on its page.",
  },
  ALREADY_CANCELED: { title: "Already canceled", detail: "The other person canceled it a moment ago." },
  BOOKED_TOO_OFTEN: {
    title: "You have booked and canceled this three times",
    detail: "You cannot book it again. Find has similar ones.",
  },
  TOO_MANY_WINDOWS: {
    title: "You have 500 open times",
    detail: "Delete or cancel some before you post more.",
  },
  TOO_MANY_BLOCKED: { title: "Your block list is full", detail: "Unblock someone before you block others." },
};

export type Explanation = Words & {
  /** Whether the same request may succeed soon; a retry is safe. */
  retryable: boolean;
  /** What to quote when reporting a defect. */
  requestId?: string;
};

/** Returns the API's data about an error; undefined if no answer came or the error is not the API's. */
export function errorData(error: unknown): Partial<ErrorData> | undefined {
  return isApiError(error) ? (error.data ?? undefined) : undefined;
}

/** Checks the name, so that pages that never call the API need not load its client. */
function isApiError(error: unknown): error is TRPCClientError<AppRouter> {
  return error instanceof Error && error.name === "TRPCClientError";
}

/** Returns the reason of an expected refusal, to act on: for example, to offer similar availabilities. */
export function refusalReason(error: unknown): RefusalReason | undefined {
  return errorData(error)?.reason;
}

/** Whether the API's rate limit refused the call: retrying too soon fails again. */
export function isTooOften(error: unknown): boolean {
  return errorData(error)?.code === "TOO_MANY_REQUESTS";
}

function waitInWords({ retryAfterSeconds }: Partial<ErrorData>): string {
  if (retryAfterSeconds === undefined || retryAfterSeconds > 45) return "Wait a minute";
  return retryAfterSeconds === 1 ? "Wait a second" : `Wait ${retryAfterSeconds} seconds`;
}

/** Returns the message for an error. */
export function explain(error: unknown): Explanation {
  const data = errorData(error);
  const refusal = data?.reason && refusals[data.reason];
  if (refusal) return { ...refusal, retryable: false };
  if (data?.fieldErrors) {
    return {
      title: "Check what you entered",
      detail: Object.values(data.fieldErrors).flat().join(" "),
      retryable: false,
    };
  }
  switch (data?.code) {
    case "UNAUTHORIZED":
      return { title: "You are signed out", detail: "Sign in again to continue.", retryable: false };
    case "FORBIDDEN":
      return { ...refusals.NOT_YOURS, retryable: false };
    case "NOT_FOUND":
      return { ...refusals.NOT_FOUND, retryable: false };
    case "TOO_MANY_REQUESTS":
      return { title: "Too many tries", detail: `${waitInWords(data)}, then try again.`, retryable: true };
    case "SERVICE_UNAVAILABLE":
      return {
        title: "Not available at the moment",
        detail: "Nothing was changed. Try again.",
        retryable: true,
      };
    case undefined:
      if (isApiError(error))
        return {
          title: "Kumite did not answer",
          detail: "Check your connection, then try again.",
          retryable: true,
        };
      return {
        title: "Something went wrong",
        detail: "That should not have happened. Try again.",
        retryable: true,
      };
    default:
      return {
        title: "Something went wrong",
        detail: "That should not have happened. Trying again may help; if not, tell us.",
        retryable: true,
        ...(data?.requestId && { requestId: data.requestId }),
      };
  }
}
