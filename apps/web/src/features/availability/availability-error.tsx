import { ButtonLink } from "#components/ui/button.tsx";
import { EmptyState, ErrorState } from "#components/ui/states.tsx";
import { refusalReason } from "#lib/errors.ts";
import { paths } from "#lib/paths.ts";

/** An availability that could not be had. */
export function AvailabilityError({ error, retry }: { error: unknown; retry: () => void }) {
  if (refusalReason(error) !== "NOT_FOUND") return <ErrorState error={error} retry={retry} />;
  return (
    <EmptyState title="This open time is gone" action={<ButtonLink href={paths.find}>To Find</ButtonLink>}>
      Its owner has withdrawn it, or the link is not complete.
    </EmptyState>
  );
}
