import type { ReactNode } from "react";
import { Wordmark } from "./mark.tsx";

type StandaloneMessageProps = {
  title: string;
  detail: string;
  /** The way on. */
  children: ReactNode;
};

/**
 * A page that says one thing, where there is no other frame. Every page of the app carries the root's error and
 * not-found pages along, so this holds no links, icons or theme switch that would have to be loaded with them.
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
