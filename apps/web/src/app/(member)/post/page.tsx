import { requireSession } from "#auth/session.ts";
import { PostPage } from "#features/availability/post-page.tsx";
import { paths } from "#lib/paths.ts";
import { HydrateClient } from "#trpc/hydrate-client.tsx";

export const metadata = { title: "Post a window" };

export default async function Page() {
  await requireSession(paths.post);
  return (
    <HydrateClient>
      <PostPage />
    </HydrateClient>
  );
}
