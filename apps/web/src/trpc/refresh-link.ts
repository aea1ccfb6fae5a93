import type { AppRouter } from "@kumite/api";
import { TRPCClientError, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";

/** Renews and ends a session; Amplify in the app, a stand-in in tests. */
export type SessionRenewal = {
  /** Returns whether there is a fresh session; rejects if that cannot be known, for example offline. */
  refresh: () => Promise<boolean>;
  /** Called when there is no session any more. */
  end: () => void;
  /** Resolves when calls may start: at once, except while the member signs out. */
  ready: () => Promise<void>;
};

/**
 * When a call fails with UNAUTHORIZED, renews the session and retries the call once. Calls that fail at the same time share
 * one renewal. If there is no session, ends it and leaves the call pending: the page goes to sign-in.
 */
export function refreshLink({ refresh, end, ready }: SessionRenewal): TRPCLink<AppRouter> {
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

        function start(isRepeat: boolean) {
          void ready().then(() => stopped || attempt(isRepeat));
        }

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
                  if (renewed) start(true);
                  else endOnce();
                },
                (cause: unknown) => observer.error(TRPCClientError.from(toError(cause))),
              );
            },
          });
          unsubscribe = () => subscription.unsubscribe();
        }

        start(false);
        return () => {
          stopped = true;
          unsubscribe();
        };
      });
}

function toError(cause: unknown): Error {
  return cause instanceof Error ? cause : new Error(String(cause));
}
