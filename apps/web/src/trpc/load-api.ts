import type { AuthConfig } from "#auth/config.ts";
import type { Api } from "./api.ts";

/** The API, loaded on demand, with the observers that `useLazyQuery` needs. */
export type LazyApi = Api & Omit<typeof import("./lazy-api.ts"), "getApi">;

let loading: Promise<LazyApi> | undefined;

/** Loads the API and its cache (25 kB), when a page first needs data that the server did not send. */
export function loadApi(config: AuthConfig): Promise<LazyApi> {
  loading ??= import("./lazy-api.ts").then(
    ({ getApi, QueryObserver, InfiniteQueryObserver }) => ({
      ...getApi(config),
      QueryObserver,
      InfiniteQueryObserver,
    }),
    (error: unknown) => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}

/** Whether this tab has loaded the API before. */
export function isApiLoaded(): boolean {
  return loading !== undefined;
}
