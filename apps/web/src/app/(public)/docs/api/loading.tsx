import { Skeleton } from "#components/ui/skeleton.tsx";
import { Loading } from "#components/ui/states.tsx";

export default function ApiDocsLoading() {
  return (
    <div className="mx-auto w-full max-w-[68rem] px-4 pt-8">
      <Loading>
        <Skeleton className="mb-8 h-9 w-48" />
        <Skeleton className="h-96" />
      </Loading>
    </div>
  );
}
