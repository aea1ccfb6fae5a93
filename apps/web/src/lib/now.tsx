"use client";

import { minute } from "@kumite/core/instant";
import { createContext, type ReactNode, use, useSyncExternalStore } from "react";
import { currentMinute } from "./time.ts";

const ServerNow = createContext<string | undefined>(undefined);

/** Gives the browser's first render the server's time, so that both show the same "in 5 minutes". */
export function NowProvider({ serverNow, children }: { serverNow: string; children: ReactNode }) {
  return <ServerNow value={serverNow}>{children}</ServerNow>;
}

/** Returns the current minute as ISO UTC text; updates every minute. */
export function useNow(): string {
  const serverNow = use(ServerNow);
  if (serverNow === undefined) throw new Error("useNow needs a NowProvider above");
  return useSyncExternalStore(subscribe, currentMinute, () => serverNow);
}

function subscribe(onChange: () => void): () => void {
  let timer: ReturnType<typeof setTimeout>;
  const wait = () => {
    timer = setTimeout(tick, minute - (Date.now() % minute));
  };
  const tick = () => {
    onChange();
    wait();
  };
  wait();
  return () => clearTimeout(timer);
}
