import { ButtonLink } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/states.tsx";
import { paths } from "#lib/paths.ts";

export default function MemberNotFound() {
  return (
    <EmptyState title="Nothing here" action={<ButtonLink href={paths.find}>To Find</ButtonLink>}>
      It may have been withdrawn, or the link is not complete.
    </EmptyState>
  );
}
