"use client";

import { Toast } from "@base-ui/react/toast";
import { X } from "#components/ui/icons/x.ts";
import { cx } from "#lib/cx.ts";
import { mountNotices } from "./toaster.tsx";

/** In milliseconds; the time stands still while a notice is pointed at or has the focus, and while the window is not in use. */
const lifetime = 6_000;
const manager = Toast.createToastManager();

/** Says in passing that something was done. */
export function notify(message: string, detail?: string): void {
  manager.add({ title: message, description: detail });
}

/** Says in passing that something was not done. What belongs to a field or a page is shown there instead. */
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

/** Base UI calls a notice a dialog, but it asks nothing. */
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
        // Base UI hides it while nobody points at the notice, though the Tab key stops there.
        aria-hidden={false}
        className="grid size-8 shrink-0 place-items-center rounded text-ink-soft hover:bg-sunken hover:text-ink"
      >
        <X className="size-4" />
      </Toast.Close>
    </Toast.Root>
  ));
}

if (typeof window !== "undefined") mountNotices(Notices);
