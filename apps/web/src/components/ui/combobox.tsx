"use client";

import { Combobox as Base } from "@base-ui/react/combobox";
import { Check, ChevronDown } from "lucide-react";
import type { ControlProps } from "./field.tsx";

export type ComboboxOption = {
  value: string;
  label: string;
  /** More words to find it by. */
  search?: string;
};

type ComboboxProps = ControlProps & {
  options: ComboboxOption[];
  value: string | null;
  onValueChange: (value: string) => void;
  onBlur?: () => void;
  /** What stands beside an option's label; asked for those in sight only. */
  note?: (value: string) => string;
  placeholder?: string;
  /** Shown when nothing fits what was typed. */
  empty?: string;
};

/** One out of many, found by typing. */
export function Combobox({
  options,
  value,
  onValueChange,
  onBlur,
  note,
  placeholder,
  empty,
  ...control
}: ComboboxProps) {
  const selected = options.find((option) => option.value === value) ?? null;
  return (
    <Base.Root
      items={options}
      value={selected}
      onValueChange={(option) => option && onValueChange(option.value)}
      filter={matches}
      limit={60}
      autoHighlight
    >
      <Base.InputGroup className="relative">
        <Base.Input
          {...control}
          onBlur={onBlur}
          // What is typed next replaces the choice instead of adding to it.
          onFocus={(event) => event.currentTarget.select()}
          placeholder={placeholder}
          className="h-11 w-full rounded border border-line-strong bg-surface pr-11 pl-3 placeholder:text-ink-soft aria-invalid:border-danger"
        />
        <Base.Trigger
          aria-label="Show all"
          className="absolute inset-y-0 right-0 grid w-11 place-items-center text-ink-soft hover:text-ink"
        >
          <ChevronDown className="size-4" aria-hidden="true" />
        </Base.Trigger>
      </Base.InputGroup>
      <Base.Portal>
        <Base.Positioner sideOffset={4}>
          <Base.Popup className="w-(--anchor-width) rounded border border-line bg-surface shadow-raised">
            <Base.Empty>
              <div className="px-3 py-3 text-ink-soft text-sm">{empty ?? "Nothing fits."}</div>
            </Base.Empty>
            <Base.List className="max-h-[min(20rem,var(--available-height))] overflow-y-auto overscroll-contain py-1 data-empty:p-0">
              {(option: ComboboxOption) => (
                <Base.Item
                  key={option.value}
                  value={option}
                  className="grid min-h-10 cursor-default grid-cols-[1rem_1fr_auto] items-center gap-2 px-3 py-1.5 text-sm data-highlighted:bg-sunken"
                >
                  <Base.ItemIndicator>
                    <Check className="size-4" aria-hidden="true" />
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

/** Every typed word must stand somewhere in the option. */
function matches(option: ComboboxOption, query: string): boolean {
  const text = `${option.label} ${option.search ?? ""}`.toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
