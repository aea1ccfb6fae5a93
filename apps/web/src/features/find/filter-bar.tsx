import { useId, useState } from "react";
import { Badge } from "#components/ui/badge.tsx";
import { Button, PlainButton } from "#components/ui/button.tsx";
import { Choice, Choices } from "#components/ui/choice.tsx";
import { Checkbox, Field, FieldGroup, Input, Select } from "#components/ui/field.tsx";
import { SlidersHorizontal } from "#components/ui/icons/sliders-horizontal.ts";
import { cx } from "#lib/cx.ts";
import { addDays } from "#lib/time.ts";
import { useCommunity } from "#member/community.ts";
import { dayProblem, type Filters, isFiltered } from "./filters.ts";

type FilterBarProps = { filters: Filters; today: string; onChange: (filters: Filters) => void };

/** Filters by kind, the owner's cohort, and days. Each change applies at once. */
export function FilterBar({ filters, today, onChange }: FilterBarProps) {
  const { cohorts, types, cohortLabelOf } = useCommunity();
  const { from, to, cohort, ...rest } = filters;
  // On phones, the filters open on demand.
  const [isOpen, setOpen] = useState(false);
  const id = useId();

  function toggle(type: string) {
    const chosen = new Set(filters.types);
    if (!chosen.delete(type)) chosen.add(type);
    onChange({ ...filters, types: [...chosen].sort() });
  }
  function change(part: { from?: string | undefined; to?: string | undefined; cohort?: string | undefined }) {
    const next = { from, to, cohort, ...part };
    onChange({
      ...rest,
      ...(next.cohort && { cohort: next.cohort }),
      ...(next.from && { from: next.from }),
      ...(next.to && { to: next.to }),
    });
  }
  return (
    <search className="mb-8 border-line border-y py-3 sm:mb-10 sm:py-5" aria-label="Open times">
      <PlainButton
        aria-expanded={isOpen}
        aria-controls={id}
        className="flex min-h-11 w-full items-center gap-3 font-medium sm:hidden"
        onClick={() => setOpen(!isOpen)}
      >
        <SlidersHorizontal className="size-4" />
        Filters
        {isFiltered(filters) && <Badge>on</Badge>}
      </PlainButton>
      <div id={id} className={cx("grid gap-4 max-sm:pt-3 max-sm:pb-2", !isOpen && "max-sm:hidden")}>
        <FieldGroup label="Kind">
          <Choices>
            {types.map(({ id, label }) => (
              <Choice key={id} kind="many" checked={filters.types.includes(id)} onChange={() => toggle(id)}>
                {label}
              </Choice>
            ))}
          </Choices>
        </FieldGroup>
        <div className="grid grid-cols-2 items-start gap-4 sm:grid-cols-3 md:grid-cols-[11rem_10rem_10rem_auto_1fr]">
          <Field label="Cohort" className="max-sm:col-span-2">
            {(control) => (
              <Select
                {...control}
                value={cohort ?? ""}
                onChange={(event) => change({ cohort: event.target.value || undefined })}
              >
                <option value="">Any cohort</option>
                {cohorts.map((name) => (
                  <option key={name} value={name}>
                    {cohortLabelOf(name)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <DayField label="From" today={today} value={from} onChange={(day) => change({ from: day })} />
          <DayField
            label="Until"
            today={today}
            after={from}
            value={to}
            onChange={(day) => change({ to: day })}
          />
          <Checkbox
            className="justify-self-start max-sm:col-span-2 sm:mt-6.5"
            checked={filters.fits === true}
            onChange={({ target: { checked } }) => {
              const { fits: _, ...others } = filters;
              onChange(checked ? { ...others, fits: true } : others);
            }}
          >
            Fits my calendar
          </Checkbox>
          {isFiltered(filters) && (
            <Button
              variant="ghost"
              className="justify-self-end max-sm:col-span-2 sm:mt-6.5"
              onClick={() => onChange({ types: [] })}
            >
              Clear filters
            </Button>
          )}
        </div>
      </div>
    </search>
  );
}

type DayFieldProps = {
  label: string;
  today: string;
  /** The earliest valid day. */
  after?: string | undefined;
  value: string | undefined;
  onChange: (day: string | undefined) => void;
};

/** A day to filter by. While a year is typed, it is 0002 and 0020 in between: such a day is not applied. */
function DayField({ label, today, after, value = "", onChange }: DayFieldProps) {
  const [typed, setTyped] = useState({ text: value, applied: value });
  if (typed.applied !== value) setTyped({ text: value, applied: value });
  return (
    <Field label={label} error={dayProblem(typed.text, today, after)}>
      {(control) => (
        <Input
          {...control}
          type="date"
          min={after ?? today}
          max={addDays(today, 366)}
          value={typed.text}
          onChange={({ target: { value: text } }) => {
            const applies = text === "" || text >= today;
            setTyped({ text, applied: applies ? text : value });
            if (applies) onChange(text || undefined);
          }}
        />
      )}
    </Field>
  );
}
