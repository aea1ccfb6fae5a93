import { ButtonLink } from "#components/ui/button.tsx";
import { EmptyState, ErrorState } from "#components/ui/states.tsx";
import { refusalReason } from "#lib/errors.ts";
import { paths } from "#lib/paths.ts";

/** A window that could not be had. */
export function WindowNotShown({ error, retry }: { error: unknown; retry: () => void }) {
  if (refusalReason(error) !== "NOT_FOUND") return <ErrorState error={error} retry={retry} />;
  return (
    <EmptyState title="This window is gone" action={<ButtonLink href={paths.find}>To Find</ButtonLink>}>
      Its owner has withdrawn it, or the link is not complete.
    </EmptyState>
  );
}
