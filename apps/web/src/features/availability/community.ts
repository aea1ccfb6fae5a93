import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "#trpc/client.tsx";

/** The community's cohorts (beginner first) and kinds of session; empty until they are there. */
export function useCommunity() {
  const trpc = useTRPC();
  // The list changes with a deployment, not while a page is open.
  const { data } = useQuery(
    trpc.community.get.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY }),
  );
  const { cohorts = [], types = [] } = data ?? {};
  return {
    cohorts,
    types,
    /** What a kind of session is called. */
    labelOf: (type: string) => types.find(({ id }) => id === type)?.label ?? type,
  };
}
