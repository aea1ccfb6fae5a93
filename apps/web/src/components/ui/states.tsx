import type { ReactNode } from "react";
import { explain } from "#lib/errors.ts";
import { Button } from "./button.tsx";

/** Shown while a part of a page loads. */
export function Loading({ label = "Loading", children }: { label?: string; children: ReactNode }) {
  return (
    <div role="status" aria-busy="true">
      <span className="sr-only">{label}…</span>
      {children}
    </div>
  );
}

type StateProps = {
  title: string;
  /** What the member can do about it. */
  children?: ReactNode;
  /** The next step: a button or a link. */
  action?: ReactNode;
};

/** Says that there is nothing here, and what to do next. */
export function EmptyState({ title, children, action }: StateProps) {
  return (
    <div className="grid justify-items-start gap-3 rounded-lg border border-line border-dashed px-6 py-10">
      <h2 className="text-lg">{title}</h2>
      {children && <div className="max-w-prose text-ink-soft">{children}</div>}
      {action}
    </div>
  );
}

type ErrorStateProps = {
  error: unknown;
  /** Offered if a retry can help. */
  retry?: (() => void) | undefined;
  action?: ReactNode;
  /** 1 if this is the whole page. */
  level?: 1 | 2;
};

/** The error message of a part of a page that failed to load. */
export function ErrorState({ error, retry, action, level = 2 }: ErrorStateProps) {
  const Heading = `h${level}` as const;
  const { title, detail, retryable, requestId } = explain(error);
  return (
    <div
      role="alert"
      className="grid justify-items-start gap-3 rounded-lg border border-line bg-surface px-6 py-10"
    >
      <Heading className="text-lg">{title}</Heading>
      {detail && <p className="max-w-prose text-ink-soft">{detail}</p>}
      {requestId && <p className="text-ink-soft text-sm">Request {requestId}</p>}
      {retryable && retry && (
        <Button size="sm" onClick={retry}>
          Try again
        </Button>
      )}
      {action}
    </div>
  );
}
