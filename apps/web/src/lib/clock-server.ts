import "server-only";
import { cookies, headers } from "next/headers";
import {
  type ClockFormat,
  type ClockSetting,
  clockCookie,
  clockOfLanguages,
  readClockSetting,
} from "./clock-format.ts";

/** Returns this visitor's clock setting, and the usual clock of their browser's language. */
export async function getClock(): Promise<{ setting: ClockSetting; browserClock: ClockFormat }> {
  return {
    setting: readClockSetting((await cookies()).get(clockCookie)?.value),
    browserClock: clockOfLanguages((await headers()).get("accept-language")),
  };
}
