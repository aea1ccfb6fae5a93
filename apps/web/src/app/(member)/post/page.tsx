import { requireSession } from "#auth/session.ts";
import { PostPage } from "#features/availability/post-page.tsx";
import { paths, withQuery } from "#lib/paths.ts";
import { HydrateClient } from "#trpc/hydrate-client.tsx";

export const metadata = { title: "Post an open time" };

export default async function Page({ searchParams }: PageProps<"/post">) {
  await requireSession(withQuery(paths.post, await searchParams));
  return (
    <HydrateClient>
      <PostPage />
    </HydrateClient>
  );
}
