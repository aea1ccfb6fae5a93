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
import type { Api } from "./api.ts";
import { makeQueryClient } from "./query-client.ts";

/** The API of this request: a shared client would batch one member's calls with another's token. */
const getApi = cache((): Api => {
  const queryClient = makeQueryClient();
  const client = createTRPCClient<AppRouter>({
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
  });
  return { client, queryClient, trpc: createTRPCOptionsProxy<AppRouter>({ client, queryClient }) };
});

/** The cache of this request. */
export function getQueryClient(): QueryClient {
  return getApi().queryClient;
}

/** For whom this server asks: the API counts calls by the viewer's address, which the router has told this server. */
async function viewerHeaders(): Promise<Record<string, string>> {
  const [key, viewer] = [env().PREFETCH_KEY, (await headers()).get("x-viewer-address")];
  return key && viewer ? { "x-prefetch-key": key, "x-prefetch-for": viewer } : {};
}

/** What the API answered on the server, or why it refused. */
type Fetched<T> =
  | { data: T; refusal?: undefined }
  /** Without a refusal, the browser must ask by itself. */
  | { data?: undefined; refusal: RefusalReason | undefined };

/**
 * Fetches what a page shows, so that it is in the first HTML. What is fetched by way of `queryClient`, `<HydrateClient>` hands to the
 * `useQuery` below: `fetchOnServer(({ trpc, queryClient }) => queryClient.fetchQuery(trpc.user.get.queryOptions({})))`.
 * Calls that are made at the same time are one request.
 * @returns the data; or the refusal, of which a page answers NOT_FOUND with `notFound()`; or neither, where the server could not
 *   verify the session or the API did not answer well
 */
export async function fetchOnServer<T>(load: (api: Api) => Promise<T>): Promise<Fetched<T>> {
  const session = await getSession();
  if (!session?.accessToken) return { refusal: undefined };
  return await load(getApi()).then(
    (data) => ({ data }),
    (error: unknown) => ({ refusal: refusalReason(error) }),
  );
}
