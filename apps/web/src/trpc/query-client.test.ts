import { TRPCClientError } from "@trpc/client";
import { expect, test, vi } from "vitest";
import { makeQueryClient } from "./query-client.ts";

/** How often a query that always fails so is sent. */
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

/** `fetchQuery` by itself never tries again. */
function retryOf(client: ReturnType<typeof makeQueryClient>) {
  return client.getDefaultOptions().queries?.retry ?? false;
}

test("in the browser what may pass is asked for again, a call too many is not", async () => {
  vi.stubGlobal("window", {});
  expect(await tries("SERVICE_UNAVAILABLE")).toBe(3);
  expect(await tries("TOO_MANY_REQUESTS", { retryAfterSeconds: 40 })).toBe(1);
  expect(await tries("CONFLICT", { reason: "ALREADY_BOOKED" })).toBe(1);
  vi.unstubAllGlobals();
});

test("on the server nothing is asked for again: the page would wait", async () => {
  expect(await tries("SERVICE_UNAVAILABLE")).toBe(1);
});
