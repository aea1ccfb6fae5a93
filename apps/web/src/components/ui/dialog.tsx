"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import type { ReactElement, ReactNode } from "react";
import { cx } from "#lib/cx.ts";

type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  /** The button that opens it; without one, set `open`. */
  trigger?: ReactElement;
  /** Wide enough for a form. */
  wide?: boolean;
  children: ReactNode;
};

/** A modal dialog: centered, at the bottom edge on phones. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  trigger,
  wide = false,
  children,
}: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      {trigger && <Base.Trigger render={trigger} />}
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 bg-[rgb(10_10_12_/_45%)] transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Viewport className="fixed inset-0 grid items-end justify-items-center overflow-y-auto sm:items-center sm:p-6">
          <Base.Popup
            className={cx(
              "grid w-full grid-cols-[minmax(0,1fr)] gap-5 rounded-t-lg border border-line bg-surface p-6 shadow-raised transition-[translate,opacity] duration-150 data-ending-style:translate-y-2 data-starting-style:translate-y-2 data-ending-style:opacity-0 data-starting-style:opacity-0 sm:rounded-lg",
              wide ? "sm:max-w-xl" : "sm:max-w-md",
            )}
          >
            <div className="grid gap-1.5">
              <Base.Title className="text-xl">{title}</Base.Title>
              {description && <Base.Description className="text-ink-soft">{description}</Base.Description>}
            </div>
            {children}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}

/** The dialog's buttons, the safe one first: `<DialogActions><DialogClose>Keep it</DialogClose><Button …/></DialogActions>`. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap justify-end gap-3">{children}</div>;
}

export const DialogClose = Base.Close;
