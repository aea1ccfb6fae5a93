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

/** Returns this request's API: a shared client would batch one member's calls with another's token. */
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
        // Limits how long a page waits for data; after that, the browser fetches it.
        fetch: (url, options) =>
          fetch(url, { ...options, signal: AbortSignal.timeout(5_000) } as RequestInit),
      }),
    ],
  });
  return { client, queryClient, trpc: createTRPCOptionsProxy<AppRouter>({ client, queryClient }) };
});

/** Returns this request's cache. */
export function getQueryClient(): QueryClient {
  return getApi().queryClient;
}

/** Headers with the viewer's address, which this server gets from the router: the API's rate limit counts by it. */
async function viewerHeaders(): Promise<Record<string, string>> {
  const [key, viewer] = [env().PREFETCH_KEY, (await headers()).get("x-viewer-address")];
  return key && viewer ? { "x-prefetch-key": key, "x-prefetch-for": viewer } : {};
}

/** What the API returned to the server, or why it refused. */
type Fetched<T> =
  | { data: T; refusal?: undefined }
  /** Without a refusal, the browser must fetch. */
  | { data?: undefined; refusal: RefusalReason | undefined };

/**
 * Fetches a page's data, so that it is in the first HTML. `<HydrateClient>` passes what `queryClient` fetched to the
 * `useQuery` below: `fetchOnServer(({ trpc, queryClient }) => queryClient.fetchQuery(trpc.user.get.queryOptions({})))`.
 * Concurrent calls share one request.
 * @returns the data; or the refusal (a page handles NOT_FOUND with `notFound()`); or neither, if the server could not
 *   verify the session or the API failed
 */
export async function fetchOnServer<T>(load: (api: Api) => Promise<T>): Promise<Fetched<T>> {
  const session = await getSession();
  if (!session?.accessToken) return { refusal: undefined };
  return await load(getApi()).then(
    (data) => ({ data }),
    (error: unknown) => ({ refusal: refusalReason(error) }),
  );
}
