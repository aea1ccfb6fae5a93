"use client";

import { useSyncExternalStore } from "react";
import { X } from "#components/ui/icons.tsx";
import { cx } from "#lib/cx.ts";

type Notice = { id: number; tone: "plain" | "danger"; message: string; detail: string | undefined };

const lifetime = 6_000;
const none: readonly Notice[] = [];

let notices = none;
let lastId = 0;
const listeners = new Set<() => void>();

function change(next: readonly Notice[]): void {
  notices = next;
  for (const listener of listeners) listener();
}

function dismiss(id: number): void {
  change(notices.filter((notice) => notice.id !== id));
}

function show(tone: Notice["tone"], message: string, detail: string | undefined): void {
  lastId += 1;
  const id = lastId;
  change([...notices, { id, tone, message, detail }]);
  setTimeout(() => dismiss(id), lifetime);
}

/** Says in passing that something was done. */
export function notify(message: string, detail?: string): void {
  show("plain", message, detail);
}

/** Says in passing that something was not done. What belongs to a field or a page is shown there instead. */
export function notifyFailure(message: string, detail?: string): void {
  show("danger", message, detail);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Where notices appear, and are spoken; once, in the root layout. */
export function Toaster() {
  const shown = useSyncExternalStore(
    subscribe,
    () => notices,
    () => none,
  );
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-4 bottom-20 z-50 grid justify-items-center gap-2 sm:bottom-6"
    >
      {shown.map(({ id, tone, message, detail }) => (
        <div
          key={id}
          className="pointer-events-auto flex w-full max-w-sm items-start gap-3 rounded border border-line bg-surface py-3 pr-2 pl-4 text-sm shadow-raised transition-[translate,opacity] duration-200 starting:translate-y-2 starting:opacity-0"
        >
          <p className="grow">
            <strong className={cx("block font-semibold", tone === "danger" && "text-danger")}>
              {message}
            </strong>
            {detail && <span className="text-ink-soft">{detail}</span>}
          </p>
          <button
            type="button"
            aria-label="Dismiss"
            className="grid size-8 shrink-0 place-items-center rounded text-ink-soft hover:bg-sunken hover:text-ink"
            onClick={() => dismiss(id)}
          >
            <X className="size-4" />
          </button>
        </div>
      ))}
    </div>
  );
}
