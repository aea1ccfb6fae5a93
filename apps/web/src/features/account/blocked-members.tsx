import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Avatar } from "#components/ui/avatar.tsx";
import { Button } from "#components/ui/button.tsx";
import { Link } from "#components/ui/link.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { ErrorState, Loading } from "#components/ui/states.tsx";
import { notify, notifyFailure } from "#components/ui/toast.tsx";
import { useRefresh } from "#features/availability/refresh.ts";
import { explain } from "#lib/errors.ts";
import { paths } from "#lib/paths.ts";
import { useTRPC } from "#trpc/client.tsx";

/** The members whom the member has blocked. */
export function BlockedMembers() {
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(trpc.user.listBlocked.queryOptions({}));
  if (error && !data) return <ErrorState error={error} retry={() => void refetch()} />;
  if (!data) {
    return (
      <Loading label="Loading blocked members">
        <Skeleton className="h-9 w-64" />
      </Loading>
    );
  }
  if (data.blocked.length === 0) {
    return <p className="text-ink-soft">Nobody. You can block a member on their page.</p>;
  }
  return (
    <ul className="grid w-full divide-y divide-line border-line border-y">
      {data.blocked.map((member) => (
        <li key={member.username} className="flex items-center gap-3 py-3">
          <Avatar name={member.displayName} size="sm" />
          <Link href={paths.member(member.username)} className="min-w-0 grow wrap-anywhere">
            {member.displayName}
          </Link>
          <Unblock username={member.username} name={member.displayName} />
        </li>
      ))}
    </ul>
  );
}

export function Unblock({ username, name }: { username: string; name: string }) {
  const unblock = useBlockChange("unblock", () => notify(`${name} is no longer blocked`));
  return (
    <Button
      size="sm"
      pending={unblock.isPending}
      aria-label={`Unblock ${name}`}
      onClick={() =>
        unblock.mutate(
          { username },
          { onError: (error) => notifyFailure(`${name} is still blocked`, explain(error).title) },
        )
      }
    >
      Unblock
    </Button>
  );
}

/** Blocks or unblocks a member, and refreshes what the member may now find. */
export function useBlockChange(change: "block" | "unblock", onDone: () => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const refresh = useRefresh();
  return useMutation(
    trpc.user[change].mutationOptions({
      onSuccess: (blocked) => {
        queryClient.setQueryData(trpc.user.listBlocked.queryKey({}), blocked);
        refresh();
        onDone();
      },
    }),
  );
}
