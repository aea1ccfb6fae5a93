import "server-only";
import { cookies, headers } from "next/headers";
import {
  type ClockFormat,
  type ClockSetting,
  clockCookie,
  clockOfLanguages,
  readClockSetting,
} from "./clock-format.ts";

/** How this visitor reads clock times: what they have chosen, and what their browser's language suggests. */
export async function getClock(): Promise<{ setting: ClockSetting; browserClock: ClockFormat }> {
  return {
    setting: readClockSetting((await cookies()).get(clockCookie)?.value),
    browserClock: clockOfLanguages((await headers()).get("accept-language")),
  };
}
