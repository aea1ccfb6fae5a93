import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { requireSession } from "#auth/session.ts";
import { MemberView } from "#features/members/member-view.tsx";
import { paths } from "#lib/paths.ts";
import { HydrateClient } from "#trpc/hydrate-client.tsx";
import { pageTitle } from "#trpc/page-title.ts";
import { fetchOnServer } from "#trpc/server.ts";

type Props = PageProps<"/members/[username]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const username = decodeURIComponent((await params).username);
  return pageTitle("Member", async ({ trpc, queryClient }) => {
    const member = await queryClient.fetchQuery(trpc.user.get.queryOptions({ username }));
    return member.displayName;
  });
}

export default async function MemberPage({ params }: Props) {
  const username = decodeURIComponent((await params).username);
  await requireSession(paths.member(username));
  const { refusal } = await fetchOnServer(({ trpc, queryClient }) =>
    queryClient.fetchQuery(trpc.user.get.queryOptions({ username })),
  );
  if (refusal === "NOT_FOUND") notFound();
  return (
    <HydrateClient>
      <MemberView username={username} />
    </HydrateClient>
  );
}
