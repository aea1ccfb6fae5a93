"use client";

import { useCallback, useEffect } from "react";
import { useAuthConfig } from "./auth-config.tsx";
import type { createCognito } from "./cognito.ts";
import type { AuthConfig } from "./config.ts";

export type Cognito = ReturnType<typeof createCognito>;

let loading: Promise<Cognito> | undefined;

/** Returns Cognito's operations, and loads Amplify (40 kB) on the first call. */
export function loadCognito(config: AuthConfig): Promise<Cognito> {
  loading ??= import("./cognito.ts").then(
    (module) => module.createCognito(config),
    (error: unknown) => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}

/** For auth forms: starts loading Cognito with the page. The returned function waits for it, at submit. */
export function useCognito(): () => Promise<Cognito> {
  const config = useAuthConfig();
  useEffect(() => {
    // A failure shows at submit.
    loadCognito(config).catch(() => {});
  }, [config]);
  return useCallback(() => loadCognito(config), [config]);
}
