"use client";

import { useCallback, useEffect } from "react";
import { useAuthConfig } from "./auth-config.tsx";
import type { createCognito } from "./cognito.ts";
import type { AuthConfig } from "./config.ts";

export type Cognito = ReturnType<typeof createCognito>;

let loading: Promise<Cognito> | undefined;

/** Cognito, with Amplify's 40 kB loaded when first asked for. */
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

/** For auth forms: begins to load Cognito with the page, and answers it when the form is sent. */
export function useCognito(): () => Promise<Cognito> {
  const config = useAuthConfig();
  useEffect(() => {
    // A failure shows when the form is sent.
    loadCognito(config).catch(() => {});
  }, [config]);
  return useCallback(() => loadCognito(config), [config]);
}
