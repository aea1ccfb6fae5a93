import { minute } from "@kumite/core/instant";

/**
 * Query options for a page that must not go stale while it is looked at, though others change what it shows: asks again
 * every minute, and at once when its tab comes back into sight. A hidden tab asks nothing.
 */
export const whileVisible = { refetchInterval: minute, refetchOnWindowFocus: "always" } as const;
