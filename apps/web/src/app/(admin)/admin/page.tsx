import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { requireSession } from "#auth/session.ts";
import { AdminPage } from "#features/admin/admin-page.tsx";
import { HydrateClient } from "#trpc/hydrate-client.tsx";
import { fetchOnServer } from "#trpc/server.ts";

export const metadata: Metadata = { title: "Community" };

/** Admins change the community here. Others get 404. */
export default async function Page() {
  await requireSession("/admin");
  const { refusal } = await fetchOnServer(({ trpc, queryClient }) =>
    queryClient.fetchQuery(trpc.community.settings.queryOptions()),
  );
  if (refusal === "NOT_ADMIN") notFound();
  return (
    <HydrateClient>
      <AdminPage />
    </HydrateClient>
  );
}
