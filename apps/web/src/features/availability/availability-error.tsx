import { ButtonLink } from "#components/ui/button.tsx";
import { EmptyState, ErrorState } from "#components/ui/states.tsx";
import { refusalReason } from "#lib/errors.ts";
import { paths } from "#lib/paths.ts";

/** Shown when an availability could not be loaded. */
export function AvailabilityError({ error, retry }: { error: unknown; retry: () => void }) {
  if (refusalReason(error) !== "NOT_FOUND") return <ErrorState error={error} retry={retry} />;
  return (
    <EmptyState title="This open time is gone" action={<ButtonLink href={paths.find}>Go to Find</ButtonLink>}>
      Its owner has deleted it, or the link is incomplete.
    </EmptyState>
  );
}
