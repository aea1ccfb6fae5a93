import { Skeleton } from "#components/ui/skeleton.tsx";
import { Loading } from "#components/ui/states.tsx";

const rows = ["first", "second", "third", "fourth", "fifth"];

/** The loading state of the list of availabilities. */
export function FindSkeleton() {
  return (
    <Loading label="Loading open times">
      <Skeleton className="mb-4 h-6 w-40" />
      <div className="grid gap-px">
        {rows.map((row) => (
          <Skeleton key={row} className="h-20" />
        ))}
      </div>
    </Loading>
  );
}
