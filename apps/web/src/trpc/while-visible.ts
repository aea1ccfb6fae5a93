import { minute } from "@kumite/core/instant";

/**
 * Query options for data that others may change while the page is open: refetches every minute, and at once when the tab
 * becomes visible again. A hidden tab fetches nothing.
 */
export const whileVisible = { refetchInterval: minute, refetchOnWindowFocus: "always" } as const;
