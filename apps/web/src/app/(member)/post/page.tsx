import { requireSession } from "#auth/session.ts";
import { PostPage } from "#features/availability/post-page.tsx";
import { paths } from "#lib/paths.ts";
import { HydrateClient, prefetch } from "#trpc/server.tsx";

export const metadata = { title: "Post a window" };

export default async function Page() {
  await requireSession(paths.post);
  await prefetch(({ trpc, queryClient }) => [
    queryClient.fetchQuery(trpc.community.get.queryOptions()),
    queryClient.fetchQuery(trpc.user.get.queryOptions({})),
  ]);
  return (
    <HydrateClient>
      <PostPage />
    </HydrateClient>
  );
}
