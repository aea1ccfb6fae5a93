/**
 * What is served below `/api/`: the one list for CloudFront and API Gateway (infra/), the embedded stack and the tests.
 * Plain data, so that each of them can import it.
 */

/** What every path of the API begins with. All other paths are the web app's. */
export const apiPrefix = "/api/";

/** Where tRPC clients send their calls. */
export const trpcPath = "/api/trpc";

export interface Route {
  /** As API Gateway writes it: `{proxy+}` at the end stands for the rest of the path, which is not empty. */
  readonly path: `/api/${string}`;
  /** The entry point of packages/functions that answers. */
  readonly entryPoint: string;
  /**
   * `nobody`: every request reaches the function. `everybody`: the answer depends on the path alone, and CloudFront keeps it
   * for as long as its `cache-control` says.
   */
  readonly cachedFor: "nobody" | "everybody";
}

export const routes = [
  { path: `${trpcPath}/{proxy+}`, entryPoint: "trpc", cachedFor: "nobody" },
  { path: "/api/openapi.json", entryPoint: "openapi", cachedFor: "everybody" },
] as const satisfies readonly Route[];

/** An entry point that some route names. */
export type RoutedEntryPoint = (typeof routes)[number]["entryPoint"];

/** Answers every path below `/api/` that no route has, with an error in the API's shape. */
export const fallback: RoutedEntryPoint = "trpc";
