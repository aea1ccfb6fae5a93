import { notFound } from "next/navigation";
import { requireSession } from "#auth/session.ts";
import { EditPage } from "#features/availability/edit-page.tsx";
import { paths } from "#lib/paths.ts";
import { HydrateClient } from "#trpc/hydrate-client.tsx";
import { prefetch } from "#trpc/server.ts";

export const metadata = { title: "Edit your window" };

export default async function Page({ params }: PageProps<"/windows/[owner]/[id]/edit">) {
  const { owner, id } = await params;
  await requireSession(paths.editWindow(owner, id));
  const refusal = await prefetch(({ trpc, queryClient }) => [
    queryClient.fetchQuery(trpc.availability.get.queryOptions({ owner, id })),
  ]);
  if (refusal === "NOT_FOUND") notFound();
  return (
    <HydrateClient>
      <EditPage owner={owner} id={id} />
    </HydrateClient>
  );
}
