import { TRPCClientError } from "@trpc/client";
import { expect, test, vi } from "vitest";
import { explain, isTooOften, refusalReason } from "./errors.ts";
import { showFieldErrors } from "./form-errors.ts";

function apiError(data: Record<string, unknown>): Error {
  return TRPCClientError.from({ error: { code: -32000, message: "As the API says it", data } } as never);
}

test.each([
  ["NOT_YOURS", "FORBIDDEN"],
  ["COHORT_NOT_ALLOWED", "FORBIDDEN"],
  ["NOT_FOUND", "NOT_FOUND"],
  ["OWN_AVAILABILITY", "BAD_REQUEST"],
  ["TYPE_NOT_OFFERED", "BAD_REQUEST"],
  ["OUTSIDE_WINDOW", "BAD_REQUEST"],
  ["IN_THE_PAST", "BAD_REQUEST"],
  ["ALREADY_BOOKED", "CONFLICT"],
  ["OVERLAPS_MEETING", "CONFLICT"],
  ["OWNER_BUSY", "CONFLICT"],
  ["HAS_BOOKINGS", "CONFLICT"],
  ["ALREADY_CANCELED", "CONFLICT"],
  ["BOOKED_TOO_OFTEN", "CONFLICT"],
  ["TOO_MANY_WINDOWS", "CONFLICT"],
  ["TOO_MANY_BLOCKED", "CONFLICT"],
])("the refusal %s has a plain message, and cannot be retried", (reason, code) => {
  const { title, retryable } = explain(apiError({ reason, code }));
  expect(title).toMatch(/^[A-Z][a-z]/);
  expect(title).not.toContain(reason);
  expect(title).not.toContain("As the API says it");
  expect(retryable).toBe(false);
});

test.each(["TOO_MANY_REQUESTS", "SERVICE_UNAVAILABLE"])("%s can be retried", (code) => {
  expect(explain(apiError({ code })).retryable).toBe(true);
});

test.each([
  [undefined, "Wait a minute"],
  [60, "Wait a minute"],
  [45, "Wait 45 seconds"],
  [1, "Wait a second"],
])("a rate limit says how long to wait (%s s)", (retryAfterSeconds, words) => {
  const error = apiError({ code: "TOO_MANY_REQUESTS", retryAfterSeconds });
  expect(explain(error)).toEqual({
    title: "Too many tries",
    detail: `${words}, then try again.`,
    retryable: true,
  });
  expect(isTooOften(error)).toBe(true);
  expect(isTooOften(apiError({ code: "SERVICE_UNAVAILABLE" }))).toBe(false);
});

test("a missing answer can be retried, and has another message than a defect", () => {
  const offline = TRPCClientError.from(new TypeError("Failed to fetch"));
  expect(explain(offline)).toMatchObject({ title: "Kumite did not answer", retryable: true });
});

test("a defect shows its request id, and not the server's message", () => {
  const explanation = explain(apiError({ code: "INTERNAL_SERVER_ERROR", requestId: "r-1" }));
  expect(explanation.requestId).toBe("r-1");
  expect(JSON.stringify(explanation)).not.toContain("As the API says it");
});

test("other errors have a message too", () => {
  expect(explain(new Error("boom")).title).toBe("Something went wrong");
  expect(explain(undefined).title).toBe("Something went wrong");
  expect(refusalReason(new Error("boom"))).toBeUndefined();
});

test("shows the server's messages at their fields, and focuses the first", () => {
  const setError = vi.fn();
  const error = apiError({
    code: "BAD_REQUEST",
    fieldErrors: { name: ["Too long", "Too odd"], bio: ["Too long"] },
  });
  expect(showFieldErrors<{ name: string; bio: string }>(error, ["name", "bio"], setError)).toBe(true);
  expect(setError.mock.calls).toEqual([
    ["name", { type: "server", message: "Too long Too odd" }, { shouldFocus: true }],
    ["bio", { type: "server", message: "Too long" }, { shouldFocus: false }],
  ]);
});

test("reports a message as not shown if the form lacks its field", () => {
  const setError = vi.fn();
  const error = apiError({ code: "BAD_REQUEST", fieldErrors: { input: ["Not now"] } });
  expect(showFieldErrors<{ name: string }>(error, ["name"], setError)).toBe(false);
  expect(setError).not.toHaveBeenCalled();
  expect(explain(error).detail).toBe("Not now");
});
