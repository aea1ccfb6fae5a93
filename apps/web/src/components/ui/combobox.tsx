"use client";

import { Combobox as Base } from "@base-ui/react/combobox";
import { useState } from "react";
import { Check } from "#components/ui/icons/check.ts";
import { ChevronDown } from "#components/ui/icons/chevron-down.ts";
import type { ControlProps } from "./field.tsx";

export type ComboboxOption = {
  value: string;
  label: string;
};

type ComboboxProps = ControlProps & {
  options: ComboboxOption[];
  /** Returns the options that match the query, the best first. */
  find: (query: string) => ComboboxOption[];
  /** Called when the list opens. */
  onOpen?: () => void;
  value: string | null;
  onValueChange: (value: string) => void;
  onBlur?: () => void;
  /** Returns a note next to an option's label; called for shown options only. */
  note?: (value: string) => string;
  /** The button's text while nothing is chosen. */
  placeholder: string;
  /** The label of the search field. */
  searchLabel: string;
  /** Shown when nothing matches. */
  empty: string;
};

const mostShown = 60;

/** A choice from many options: a button that shows the choice and opens a list with a search field. */
export function Combobox({
  options,
  find,
  onOpen,
  value,
  onValueChange,
  onBlur,
  note,
  placeholder,
  searchLabel,
  empty,
  ...control
}: ComboboxProps) {
  const selected = options.find((option) => option.value === value) ?? null;
  const [query, setQuery] = useState("");
  return (
    <Base.Root
      items={options}
      value={selected}
      onValueChange={(option) => option && onValueChange(option.value)}
      filteredItems={(query.trim() ? find(query) : options).slice(0, mostShown)}
      onInputValueChange={setQuery}
      onOpenChange={(open) => open && onOpen?.()}
      autoHighlight
    >
      <Base.Trigger
        {...control}
        onBlur={onBlur}
        className="flex h-11 w-full items-center justify-between gap-2 rounded border border-line-strong bg-surface px-3 text-left aria-invalid:border-danger"
      >
        <span className="min-w-0 truncate">
          {selected?.label ?? <span className="text-ink-soft">{placeholder}</span>}
        </span>
        <ChevronDown className="size-4 shrink-0 text-ink-soft" />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4}>
          <Base.Popup
            aria-label={searchLabel}
            className="w-(--anchor-width) rounded border border-line bg-surface shadow-raised"
          >
            <div className="border-line border-b p-2">
              <Base.Input
                aria-label={searchLabel}
                placeholder={searchLabel}
                className="h-10 w-full rounded border border-line-strong bg-surface px-3 placeholder:text-ink-soft"
              />
            </div>
            <Base.Empty>
              <div className="px-3 py-3 text-ink-soft text-sm">{empty}</div>
            </Base.Empty>
            <Base.List className="max-h-[min(20rem,calc(var(--available-height)-4rem))] overflow-y-auto overscroll-contain py-1 data-empty:p-0">
              {(option: ComboboxOption) => (
                <Base.Item
                  key={option.value}
                  value={option}
                  className="grid min-h-10 cursor-default grid-cols-[1rem_1fr_auto] items-center gap-2 px-3 py-1.5 text-sm data-highlighted:bg-sunken"
                >
                  <Base.ItemIndicator>
                    <Check className="size-4" />
                  </Base.ItemIndicator>
                  <span className="col-start-2">{option.label}</span>
                  {note && <span className="text-ink-soft">{note(option.value)}</span>}
                </Base.Item>
              )}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
