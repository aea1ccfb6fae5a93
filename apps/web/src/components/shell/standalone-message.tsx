import type { ReactNode } from "react";
import { Wordmark } from "./mark.tsx";

type StandaloneMessageProps = {
  title: string;
  detail: string;
  /** The next step: a link or a button. */
  children: ReactNode;
};

/**
 * A page with one message and no other frame. Every page of the app contains the root's error and not-found pages, so
 * this has no links, icons or theme switch: they would be loaded everywhere.
 */
export function StandaloneMessage({ title, detail, children }: StandaloneMessageProps) {
  return (
    <main className="mx-auto grid min-h-dvh max-w-md content-center justify-items-start gap-4 px-4 pb-24">
      <Wordmark />
      <h1 className="mt-6 text-3xl">{title}</h1>
      <p className="text-ink-soft">{detail}</p>
      {children}
    </main>
  );
}
