/**
 * The routes below `/api/`: one list for CloudFront and API Gateway (infra/), the embedded stack and the tests. Plain
 * data, so that all of them can import it.
 */

/** The prefix of every path of the API. All other paths are the web app's. */
export const apiPrefix = "/api/";

/** Where tRPC clients send their calls. */
export const trpcPath = "/api/trpc";

export interface Route {
  /** In API Gateway's form: `{proxy+}` at the end is the rest of the path, which is not empty. */
  readonly path: `/api/${string}`;
  /** The entry point of packages/functions that answers. */
  readonly entryPoint: string;
  /**
   * `nobody`: every request reaches the function. `everybody`: the answer depends only on the path, and CloudFront
   * caches it as its `cache-control` says.
   */
  readonly cachedFor: "nobody" | "everybody";
}

export const routes = [
  { path: `${trpcPath}/{proxy+}`, entryPoint: "trpc", cachedFor: "nobody" },
  { path: "/api/openapi.json", entryPoint: "openapi", cachedFor: "everybody" },
] as const satisfies readonly Route[];

/** An entry point that has a route. */
export type RoutedEntryPoint = (typeof routes)[number]["entryPoint"];

/** Answers paths below `/api/` without a route, with an error in the API's shape. */
export const fallback: RoutedEntryPoint = "trpc";
