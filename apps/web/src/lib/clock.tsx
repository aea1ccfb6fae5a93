"use client";

import { day } from "@kumite/core/instant";
import { createContext, type ReactNode, use, useMemo, useState } from "react";
import { type ClockFormat, type ClockSetting, clockCookie } from "./clock-format.ts";

type Clock = {
  setting: ClockSetting;
  /** What `browser` means here. */
  browserClock: ClockFormat;
  choose: (setting: ClockSetting) => void;
};

const Context = createContext<Clock | undefined>(undefined);

const aYearInSeconds = (365 * day) / 1_000;

type ClockProviderProps = Pick<Clock, "setting" | "browserClock"> & { children: ReactNode };

/** Knows how times are written; begins with what the server read, so that both render the same. */
export function ClockProvider({ setting: initial, browserClock, children }: ClockProviderProps) {
  const [setting, setSetting] = useState(initial);
  const clock = useMemo(
    () => ({
      setting,
      browserClock,
      choose: (chosen: ClockSetting) => {
        keep(chosen);
        setSetting(chosen);
      },
    }),
    [setting, browserClock],
  );
  return <Context value={clock}>{children}</Context>;
}

/** The setting, and the way to change it in this browser. */
export function useClockSetting(): Clock {
  const clock = use(Context);
  if (!clock) throw new Error("useClockSetting needs a ClockProvider above");
  return clock;
}

/** How the member reads clock times. */
export function useClock(): ClockFormat {
  const { setting, browserClock } = useClockSetting();
  return setting === "browser" ? browserClock : setting;
}

function keep(setting: ClockSetting): void {
  const age = setting === "browser" ? 0 : aYearInSeconds;
  const secure = window.location.protocol === "https:" ? "; secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain http and in older browsers.
  document.cookie = `${clockCookie}=${setting}; path=/; max-age=${age}; samesite=lax${secure}`;
}
