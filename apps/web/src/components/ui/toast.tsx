"use client";

import { Toast } from "@base-ui/react/toast";
import { X } from "#components/ui/icons/x.ts";
import { cx } from "#lib/cx.ts";
import { mountNotices } from "./toaster.tsx";

/** In milliseconds; it pauses while a notice is under the pointer or has the focus, and while the browser window is inactive. */
const lifetime = 6_000;
const manager = Toast.createToastManager();

/** Shows a short notice that something was done. */
export function notify(message: string, detail?: string): void {
  manager.add({ title: message, description: detail });
}

/** Shows a short notice that something failed. Show an error of a field or a page there instead. */
export function notifyFailure(message: string, detail?: string): void {
  manager.add({ title: message, description: detail, type: "danger" });
}

function Notices() {
  return (
    <Toast.Provider toastManager={manager} timeout={lifetime}>
      <Toast.Viewport className="pointer-events-none fixed inset-x-4 bottom-20 z-50 grid justify-items-center gap-2 sm:bottom-6">
        <NoticeList />
      </Toast.Viewport>
    </Toast.Provider>
  );
}

/** Overrides Base UI's role: it marks a notice as a dialog, but a notice asks nothing. */
const group = { role: "group", "aria-modal": undefined };

function NoticeList() {
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      {...group}
      className="pointer-events-auto flex w-full max-w-sm items-center gap-3 rounded border border-line bg-surface py-3 pr-2 pl-4 text-sm shadow-raised transition-[translate,opacity] duration-200 translate-x-(--toast-swipe-movement-x) translate-y-(--toast-swipe-movement-y) data-limited:hidden data-ending-style:opacity-0 data-starting-style:translate-y-2 data-starting-style:opacity-0"
    >
      <div className="min-w-0 grow wrap-anywhere">
        <Toast.Title
          render={<strong />}
          className={cx("block font-semibold", toast.type === "danger" && "text-danger")}
        />
        <Toast.Description render={<span />} className="text-ink-soft" />
      </div>
      <Toast.Close
        aria-label="Dismiss"
        // Base UI hides the button from screen readers without the pointer, but the Tab key reaches it.
        aria-hidden={false}
        className="grid size-8 shrink-0 place-items-center rounded text-ink-soft hover:bg-sunken hover:text-ink"
      >
        <X className="size-4" />
      </Toast.Close>
    </Toast.Root>
  ));
}

if (typeof window !== "undefined") mountNotices(Notices);
