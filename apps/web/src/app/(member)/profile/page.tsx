import type { Metadata } from "next";
import { nextPath } from "#auth/next-path.ts";
import { requireSession } from "#auth/session.ts";
import { ProfileView } from "#features/profile/profile-view.tsx";
import { paths, withQuery } from "#lib/paths.ts";
import { HydrateClient } from "#trpc/hydrate-client.tsx";

type Props = PageProps<"/profile">;

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { welcome } = await searchParams;
  return { title: welcome === undefined ? "Profile" : { absolute: "Welcome to Kumite" } };
}

export default async function ProfilePage({ searchParams }: Props) {
  const query = await searchParams;
  const { welcome } = query;
  await requireSession(withQuery(paths.profile, query));
  return (
    <HydrateClient>
      <ProfileView welcome={welcome === undefined ? undefined : nextPath(welcome)} />
    </HydrateClient>
  );
}
