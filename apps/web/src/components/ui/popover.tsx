"use client";

import { Popover as Base } from "@base-ui/react/popover";
import type { ReactElement, ReactNode } from "react";

type PopoverProps = {
  /** The button that opens it. */
  trigger: ReactElement;
  /** Its name for those who do not see it. */
  title: string;
  children: ReactNode;
};

/** A small panel beside its button; Escape or a press outside closes it. Some 40 kB: not for the shell or Find. */
export function Popover({ trigger, title, children }: PopoverProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} collisionPadding={12}>
          <Base.Popup className="w-[min(22rem,var(--available-width))] rounded-lg border border-line bg-surface p-4 shadow-raised transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0">
            <Base.Title className="sr-only">{title}</Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
