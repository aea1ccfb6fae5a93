import type { AuthConfig } from "#auth/config.ts";
import type { Api } from "./api.ts";

let loading: Promise<Api> | undefined;

/** The API and its cache, 25 kB, loaded when a page first asks for what the server has not sent with it. */
export function loadApi(config: AuthConfig): Promise<Api> {
  loading ??= import("./api.ts").then(
    ({ getApi }) => getApi(config),
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
