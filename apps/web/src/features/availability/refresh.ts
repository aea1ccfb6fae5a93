import { useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "#trpc/client.tsx";

/**
 * Answers a function that has everything asked for anew that posting, booking or canceling may have changed: availabilities,
 * meetings and calendars. `deleted` leaves the open availability alone, which can no longer be asked for.
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
