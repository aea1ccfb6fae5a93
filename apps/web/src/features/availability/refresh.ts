import { useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "#trpc/client.tsx";

/**
 * Returns a function that refetches what posting, booking or canceling may have changed: availabilities, meetings and
 * calendars. With `deleted` it does not refetch single availabilities: the deleted one would fail.
 */
export function useRefresh(): (change?: "deleted") => void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return (change) => {
    const touched = [
      trpc.availability.search.pathFilter(),
      trpc.availability.list.pathFilter(),
      trpc.calendar.pathFilter(),
      trpc.meeting.pathFilter(),
      ...(change === "deleted" ? [] : [trpc.availability.get.pathFilter()]),
    ];
    for (const filter of touched) void queryClient.invalidateQueries(filter);
  };
}
