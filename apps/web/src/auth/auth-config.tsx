"use client";

import { createContext, type ReactNode, use } from "react";
import type { AuthConfig } from "./config.ts";

const Context = createContext<AuthConfig | undefined>(undefined);

/** Provides what the server read from its environment to the pages below. */
export function AuthConfigProvider({ value, children }: { value: AuthConfig; children: ReactNode }) {
  return <Context value={value}>{children}</Context>;
}

export function useAuthConfig(): AuthConfig {
  const config = use(Context);
  if (!config) throw new Error("useAuthConfig needs an AuthConfigProvider above");
  return config;
}
