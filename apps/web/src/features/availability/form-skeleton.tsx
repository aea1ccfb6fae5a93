import { Skeleton } from "#components/ui/skeleton.tsx";
import { Loading } from "#components/ui/states.tsx";

/** The loading state of a form. */
export function FormSkeleton() {
  return (
    <Loading label="Loading the form">
      <div className="grid gap-7">
        <Skeleton className="h-20" />
        <Skeleton className="h-16" />
        <Skeleton className="h-20" />
        <Skeleton className="h-32" />
      </div>
    </Loading>
  );
}
