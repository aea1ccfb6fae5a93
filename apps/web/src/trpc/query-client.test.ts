import { TRPCClientError } from "@trpc/client";
import { expect, test, vi } from "vitest";
import { makeQueryClient } from "./query-client.ts";

/** Returns how often a query is sent that always fails with this code. */
async function tries(code: string, data: object = {}): Promise<number> {
  const error = TRPCClientError.from({
    error: { code: -32000, message: code, data: { code, ...data } },
  } as never);
  const queryFn = vi.fn(() => Promise.reject(error));
  const client = makeQueryClient();
  await expect(
    client.fetchQuery({ queryKey: [code], queryFn, retryDelay: 0, retry: retryOf(client) }),
  ).rejects.toBe(error);
  return queryFn.mock.calls.length;
}

/** `fetchQuery` does not retry by default. */
function retryOf(client: ReturnType<typeof makeQueryClient>) {
  return client.getDefaultOptions().queries?.retry ?? false;
}

test("the browser retries temporary errors, but not rate limits", async () => {
  vi.stubGlobal("window", {});
  expect(await tries("SERVICE_UNAVAILABLE")).toBe(3);
  expect(await tries("TOO_MANY_REQUESTS", { retryAfterSeconds: 40 })).toBe(1);
  expect(await tries("CONFLICT", { reason: "ALREADY_BOOKED" })).toBe(1);
  vi.unstubAllGlobals();
});

test("the server retries nothing: the page would wait", async () => {
  expect(await tries("SERVICE_UNAVAILABLE")).toBe(1);
});
