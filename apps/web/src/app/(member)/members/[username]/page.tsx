import { notFound } from "next/navigation";
import { requireSession } from "#auth/session.ts";
import { MemberView } from "#features/members/member-view.tsx";
import { paths } from "#lib/paths.ts";
import { HydrateClient } from "#trpc/hydrate-client.tsx";
import { prefetch } from "#trpc/server.ts";

export const metadata = { title: "Member" };

export default async function MemberPage({ params }: PageProps<"/members/[username]">) {
  const username = decodeURIComponent((await params).username);
  await requireSession(paths.member(username));
  const refused = await prefetch(({ trpc, queryClient }) => [
    queryClient.fetchQuery(trpc.user.get.queryOptions({ username })),
  ]);
  if (refused === "NOT_FOUND") notFound();
  return (
    <HydrateClient>
      <MemberView username={username} />
    </HydrateClient>
  );
}
