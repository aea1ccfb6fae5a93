import type { AuthConfig } from "#auth/config.ts";
import type { Api } from "./api.ts";

/** The API as pages load it that can do without at first, with what `useLazyQuery` observes its queries by. */
export type LazyApi = Api & Omit<typeof import("./lazy-api.ts"), "getApi">;

let loading: Promise<LazyApi> | undefined;

/** The API and its cache, 25 kB, loaded when a page first asks for what the server has not sent with it. */
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

/** Whether something has asked the API in this tab before. */
export function isApiLoaded(): boolean {
  return loading !== undefined;
}
