"use client";

import { useQuery } from "@tanstack/react-query";
import { notFound } from "next/navigation";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { ErrorState, Loading } from "#components/ui/states.tsx";
import { refusalReason } from "#lib/errors.ts";
import { useTRPC } from "#trpc/client.tsx";
import { CommunityForm } from "./community-form.tsx";

/** Admins change the community's name, usual place, cohorts and kinds of session here. */
export function AdminPage() {
  const trpc = useTRPC();
  // No refetch during an edit: it would replace what the admin types.
  const query = useQuery(
    trpc.community.settings.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY }),
  );
  if (refusalReason(query.error) === "NOT_ADMIN") notFound();
  if (query.isError && !query.data)
    return <ErrorState error={query.error} retry={() => void query.refetch()} level={1} />;
  return (
    <div className="mx-auto max-w-2xl">
      <PageHeader
        title="Community"
        lead="Changes take effect within ten seconds. Open pages show them after a reload."
      />
      {query.data ? (
        <CommunityForm
          key={query.data.revision}
          settings={query.data}
          reload={async () => void (await query.refetch())}
        />
      ) : (
        <Loading label="Loading the community">
          <Skeleton className="h-96" />
        </Loading>
      )}
    </div>
  );
}
