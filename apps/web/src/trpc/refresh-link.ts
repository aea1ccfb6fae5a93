import type { AppRouter } from "@kumite/api";
import { TRPCClientError, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";

/** How a session is renewed and ended; Amplify in the app, a stand-in in tests. */
export type SessionRenewal = {
  /** Answers whether there is a fresh session; rejects where that cannot be known, as when offline. */
  refresh: () => Promise<boolean>;
  /** Called once it is known that there is no session any more. */
  end: () => void;
};

/**
 * Renews the session when a call is refused as UNAUTHORIZED and repeats the call once. Calls that fail at the same
 * time share one renewal. Without a session it ends the session and leaves the call pending: the page goes to sign-in.
 */
export function refreshLink({ refresh, end }: SessionRenewal): TRPCLink<AppRouter> {
  let renewal: Promise<boolean> | undefined;
  let over = false;
  const renew = () => {
    renewal ??= refresh().finally(() => {
      renewal = undefined;
    });
    return renewal;
  };
  const endOnce = () => {
    if (!over) end();
    over = true;
  };

  return () =>
    ({ op, next }) =>
      observable((observer) => {
        let unsubscribe = () => {};
        let stopped = false;

        function attempt(isRepeat: boolean) {
          const subscription = next(op).subscribe({
            next: (value) => observer.next(value),
            complete: () => observer.complete(),
            error: (error) => {
              if (error.data?.code !== "UNAUTHORIZED") return observer.error(error);
              if (isRepeat) return endOnce();
              renew().then(
                (renewed) => {
                  if (stopped) return;
                  if (renewed) attempt(true);
                  else endOnce();
                },
                (cause: unknown) => observer.error(TRPCClientError.from(toError(cause))),
              );
            },
          });
          unsubscribe = () => subscription.unsubscribe();
        }

        attempt(false);
        return () => {
          stopped = true;
          unsubscribe();
        };
      });
}

function toError(cause: unknown): Error {
  return cause instanceof Error ? cause : new Error(String(cause));
}
