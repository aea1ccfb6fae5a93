import { useEffect, useEffectEvent, useState } from "react";
import { useAuthConfig } from "#auth/auth-config.tsx";
import { type LazyApi, loadApi } from "./load-api.ts";

/** What a query of React Query's has come to. */
type QueryResult = { isPending: boolean; error: unknown; refetch: () => unknown };

/** One of React Query's observers. */
type Observer<Result> = {
  getCurrentResult: () => Result;
  subscribe: (listener: (result: Result) => void) => () => void;
};

type LazyQueryOptions<Result> = {
  /** Names the query: another one is observed when it changes. */
  key: string;
  /** Makes the query: `({ QueryObserver, queryClient, trpc }) => new QueryObserver(queryClient, trpc.…queryOptions({}))`. */
  observe: (api: LazyApi) => Observer<Result> | Promise<Observer<Result>>;
};

type LazyQuery<Result> = {
  /** Undefined before the first answer. While another query is under way, still that of the query before. */
  result: Result | undefined;
  /** Whether `result` is that of the query before. */
  isFormer: boolean;
  /** Why this query was not answered, or the API could not be loaded. */
  error: unknown;
  retry: () => void;
};

/**
 * `useQuery` and `useInfiniteQuery` for pages that show what the server sent with them, and seldom ask for more. React Query and
 * tRPC (25 kB) are loaded once a query is enabled; from then on it behaves as theirs: cached, retried, refetched when stale.
 * Pages below `<HydrateClient>`, which have both on board, use the hooks of React Query.
 * @param query undefined while it is not known what to ask
 * @param isEnabled whether there is something to ask. Once the API has answered, later queries are asked without it
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
