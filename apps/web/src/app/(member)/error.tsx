"use client";

import { ErrorState } from "#components/ui/states.tsx";

export default function MemberError({ error, retry }: { error: unknown; retry: () => void }) {
  return <ErrorState error={error} retry={retry} level={1} />;
}
