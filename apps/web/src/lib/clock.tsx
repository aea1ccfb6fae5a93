"use client";

import { day } from "@kumite/core/instant";
import { createContext, type ReactNode, use, useMemo, useState } from "react";
import { type ClockFormat, type ClockSetting, clockCookie } from "./clock-format.ts";

type Clock = {
  setting: ClockSetting;
  /** The clock that `browser` stands for. */
  browserClock: ClockFormat;
  choose: (setting: ClockSetting) => void;
};

const Context = createContext<Clock | undefined>(undefined);

const aYearInSeconds = (365 * day) / 1_000;

type ClockProviderProps = Pick<Clock, "setting" | "browserClock"> & { children: ReactNode };

/** Provides the clock setting; starts with the server's value, so that both render the same. */
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

/** Returns the setting, and a function that changes it in this browser. */
export function useClockSetting(): Clock {
  const clock = use(Context);
  if (!clock) throw new Error("useClockSetting needs a ClockProvider above");
  return clock;
}

/** Returns the member's clock format. */
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
