import { nextPath } from "#auth/next-path.ts";
import { requireSession } from "#auth/session.ts";
import { ProfileView } from "#features/profile/profile-view.tsx";
import { paths, withQuery } from "#lib/paths.ts";
import { HydrateClient } from "#trpc/hydrate-client.tsx";

export const metadata = { title: "Profile" };

export default async function ProfilePage({ searchParams }: PageProps<"/profile">) {
  const query = await searchParams;
  const { welcome } = query;
  await requireSession(withQuery(paths.profile, query));
  return (
    <HydrateClient>
      <ProfileView welcome={welcome === undefined ? undefined : nextPath(welcome)} />
    </HydrateClient>
  );
}
