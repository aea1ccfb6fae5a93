import { requireSession } from "#auth/session.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import { paths } from "#lib/paths.ts";

export const metadata = { title: "Profile" };

export default async function ProfilePage() {
  await requireSession(paths.profile);
  return <PageHeader title="Profile" />;
}
