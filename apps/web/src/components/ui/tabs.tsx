"use client";

import { Tabs as Base } from "@base-ui/react/tabs";
import type { ReactNode } from "react";

type TabsProps<Value extends string> = {
  value: Value;
  onValueChange: (value: Value) => void;
  /** What the tabs choose between, for those who do not see it. */
  label: string;
  tabs: { value: Value; label: string }[];
  /** The panel of the chosen tab. */
  children: ReactNode;
};

/** Views of one thing, one at a time. */
export function Tabs<Value extends string>({
  value,
  onValueChange,
  label,
  tabs,
  children,
}: TabsProps<Value>) {
  return (
    <Base.Root value={value} onValueChange={onValueChange}>
      <Base.List aria-label={label} className="inline-flex gap-1 rounded bg-sunken p-1">
        {tabs.map((tab) => (
          <Base.Tab
            key={tab.value}
            value={tab.value}
            className="min-h-9 rounded-sm px-4 font-medium text-ink-soft text-sm hover:text-ink data-active:bg-surface data-active:text-ink"
          >
            {tab.label}
          </Base.Tab>
        ))}
      </Base.List>
      <Base.Panel value={value} tabIndex={-1}>
        {children}
      </Base.Panel>
    </Base.Root>
  );
}
