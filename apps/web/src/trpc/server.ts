import "server-only";
import type { AppRouter } from "@kumite/api";
import type { QueryClient } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink } from "@trpc/client";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { headers } from "next/headers";
import { cache } from "react";
import { getSession } from "#auth/session.ts";
import { env } from "#env.ts";
import { type RefusalReason, refusalReason } from "#lib/errors.ts";
import { makeQueryClient } from "./query-client.ts";

// All of this is made per request: a shared client would batch one member's calls with another's token.
/** The cache of this request. */
export const getQueryClient = cache(makeQueryClient);
const getTrpc = cache(() =>
  createTRPCOptionsProxy<AppRouter>({
    queryClient: getQueryClient,
    client: createTRPCClient<AppRouter>({
      links: [
        httpBatchLink({
          url: env().API_URL,
          headers: async () => {
            const session = await getSession();
            return {
              ...(session?.accessToken && { authorization: `Bearer ${session.accessToken}` }),
              ...(await viewerHeaders()),
            };
          },
          // A page never waits longer for its data: the browser then asks again.
          fetch: (url, options) =>
            fetch(url, { ...options, signal: AbortSignal.timeout(5_000) } as RequestInit),
        }),
      ],
    }),
  }),
);

/** For whom this server asks: the API counts calls by the viewer's address, which the router has told this server. */
async function viewerHeaders(): Promise<Record<string, string>> {
  const [key, viewer] = [env().PREFETCH_KEY, (await headers()).get("x-viewer-address")];
  return key && viewer ? { "x-prefetch-key": key, "x-prefetch-for": viewer } : {};
}

export type Api = { trpc: ReturnType<typeof getTrpc>; queryClient: QueryClient };

/**
 * Fetches what the page below will ask for, in one batch, so that it is in the first HTML:
 * `await prefetch(({ trpc, queryClient }) => [queryClient.fetchQuery(trpc.user.get.queryOptions({}))])`.
 * Does nothing where the server could not verify the session, and leaves failures to the browser too.
 * @returns the reason of the first refusal, if any: a page answers NOT_FOUND with `notFound()`
 */
export async function prefetch(load: (api: Api) => Promise<unknown>[]): Promise<RefusalReason | undefined> {
  const session = await getSession();
  if (!session?.accessToken) return undefined;
  const results = await Promise.allSettled(load({ trpc: getTrpc(), queryClient: getQueryClient() }));
  return results
    .map((result) => (result.status === "rejected" ? refusalReason(result.reason) : undefined))
    .find((reason) => reason !== undefined);
}

/**
 * What `load` answers, for a page that shows it without the API's client. Undefined where the browser must ask by
 * itself: the server could not verify the session, or the API did not answer well.
 */
export async function fetchOnServer<T>(load: (api: Api) => Promise<T>): Promise<T | undefined> {
  const session = await getSession();
  if (!session?.accessToken) return undefined;
  return await load({ trpc: getTrpc(), queryClient: getQueryClient() }).catch(() => undefined);
}
