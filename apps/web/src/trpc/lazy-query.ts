import { useEffect, useEffectEvent, useState } from "react";
import { useAuthConfig } from "#auth/auth-config.tsx";
import { type LazyApi, loadApi } from "./load-api.ts";

/** The result of a React Query query. */
type QueryResult = { isPending: boolean; error: unknown; refetch: () => unknown };

/** A React Query observer. */
type Observer<Result> = {
  getCurrentResult: () => Result;
  subscribe: (listener: (result: Result) => void) => () => void;
};

type LazyQueryOptions<Result> = {
  /** Identifies the query: when it changes, another query is observed. */
  key: string;
  /** For example `({ QueryObserver, queryClient, trpc }) => new QueryObserver(queryClient, trpc.…queryOptions({}))`. */
  observe: (api: LazyApi) => Observer<Result> | Promise<Observer<Result>>;
};

type LazyQuery<Result> = {
  /** Undefined before the first result. While another query loads, still the previous query's. */
  result: Result | undefined;
  /** Whether `result` is still the previous query's. */
  isFormer: boolean;
  /** Why this query failed, or why the API could not be loaded. */
  error: unknown;
  retry: () => void;
};

/**
 * `useQuery` and `useInfiniteQuery` for pages that show what the server sent with them, and seldom fetch more. React Query and
 * tRPC (25 kB) load once a query is enabled; then the query behaves as usual: cached, retried, refetched when stale.
 * Pages below `<HydrateClient>` load both anyway and use React Query's own hooks.
 * @param query undefined while it is unknown
 * @param isEnabled whether to fetch. After the first result, later queries run even without it
 */
export function useLazyQuery<Result extends QueryResult>(
  query: LazyQueryOptions<Result> | undefined,
  isEnabled: boolean,
): LazyQuery<Result> {
  const config = useAuthConfig();
  const [state, setState] = useState<{ key: string; result?: Result; error?: unknown }>();
  const [attempt, setAttempt] = useState(0);
  const observe = useEffectEvent((api: LazyApi) => query?.observe(api));
  const key = query?.key;
  const isAsked = isEnabled || state?.result !== undefined;

  useEffect(() => {
    if (!isAsked || key === undefined) return;
    let isOver = false;
    let stop = () => {};
    loadApi(config)
      .then(observe)
      .then((observer) => {
        if (!observer || isOver) return;
        const show = (result: Result) =>
          setState((former) => (result.isPending && former?.key !== key ? former : { key, result }));
        stop = observer.subscribe(show);
        show(observer.getCurrentResult());
      })
      .catch((error: unknown) => isOver || setState({ key, error }));
    return () => {
      isOver = true;
      stop();
    };
  }, [isAsked, key, config, attempt]);

  const isFormer = state !== undefined && state.key !== key;
  return {
    result: state?.result,
    isFormer,
    error: isFormer ? undefined : (state?.error ?? state?.result?.error),
    retry: () => {
      if (state?.result) void state.result.refetch();
      else setAttempt((former) => former + 1);
    },
  };
}
