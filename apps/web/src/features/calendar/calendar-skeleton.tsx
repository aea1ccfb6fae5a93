import { Skeleton } from "#components/ui/skeleton.tsx";
import { Loading } from "#components/ui/states.tsx";

/** The loading state of the calendar. */
export function CalendarSkeleton() {
  return (
    <Loading label="Loading your calendar">
      <Skeleton className="mb-4 h-11" />
      <Skeleton className="h-[60dvh]" />
    </Loading>
  );
}
