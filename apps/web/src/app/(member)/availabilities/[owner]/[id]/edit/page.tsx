import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { requireSession } from "#auth/session.ts";
import { EditPage } from "#features/availability/edit-page.tsx";
import { paths } from "#lib/paths.ts";
import { HydrateClient } from "#trpc/hydrate-client.tsx";
import { pageTitle } from "#trpc/page-title.ts";
import { fetchOnServer } from "#trpc/server.ts";

type Props = PageProps<"/availabilities/[owner]/[id]/edit">;

const title = "Edit your open time";

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { owner, id } = await params;
  return pageTitle(title, ({ trpc, queryClient }) =>
    queryClient.fetchQuery(trpc.availability.get.queryOptions({ owner, id })).then(() => title),
  );
}

export default async function Page({ params }: Props) {
  const { owner, id } = await params;
  await requireSession(paths.editAvailability(owner, id));
  const { refusal } = await fetchOnServer(({ trpc, queryClient }) =>
    queryClient.fetchQuery(trpc.availability.get.queryOptions({ owner, id })),
  );
  if (refusal === "NOT_FOUND") notFound();
  return (
    <HydrateClient>
      <EditPage owner={owner} id={id} />
    </HydrateClient>
  );
}
