import { ButtonLink } from "#components/ui/button.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { paths } from "#lib/paths.ts";

export const metadata = { title: "Nothing here" };

export default function MemberNotFound() {
  return (
    <>
      <PageHeader title="Nothing here" lead="It may have been deleted, or the link is incomplete." />
      <ButtonLink href={paths.find}>Go to Find</ButtonLink>
    </>
  );
}
