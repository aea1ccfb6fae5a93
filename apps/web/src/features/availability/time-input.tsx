import { useState } from "react";
import { Controller } from "react-hook-form";
import { type ControlProps, Input } from "#components/ui/field.tsx";
import { useClock } from "#lib/clock.tsx";
import { formatClock, parseClock, usualClock } from "#lib/clock-format.ts";
import type { AvailabilityFormApi } from "./availability-values.ts";

type TimeInputProps = ControlProps & {
  form: AvailabilityFormApi;
  name: "startTime" | "endTime";
  disabled: boolean;
};

/**
 * A clock time of the form. The browser's own time field is best on phones, but always shows the clock of the browser's
 * language. If the member has chosen another clock, this is a text field.
 */
export function TimeInput({ form, name, ...control }: TimeInputProps) {
  const clock = useClock();
  // With another time, asks for the day again.
  const forgetNextDay = () => form.setValue("endsNextDay", false);
  if (clock === usualClock()) {
    return <Input {...control} type="time" {...form.register(name, { onChange: forgetNextDay })} />;
  }
  return (
    <Controller
      control={form.control}
      name={name}
      rules={{ onChange: forgetNextDay }}
      render={({ field }) => <ClockInput {...control} {...field} disabled={control.disabled} />}
    />
  );
}

type ClockInputProps = ControlProps & {
  disabled: boolean;
  /** `18:00`; empty while no time is typed. */
  value: string;
  onChange: (value: string) => void;
  onBlur: () => void;
  ref: (element: HTMLInputElement | null) => void;
};

function ClockInput({ value, onChange, onBlur, ...control }: ClockInputProps) {
  const clock = useClock();
  const shown = value && formatClock(value, clock);
  // While the member types, the text is not reformatted.
  const [typed, setTyped] = useState<string>();
  return (
    <Input
      {...control}
      autoComplete="off"
      placeholder={formatClock("18:00", clock)}
      value={typed ?? shown}
      onChange={({ target: { value: text } }) => {
        setTyped(text);
        onChange(parseClock(text) ?? "");
      }}
      onBlur={() => {
        // An invalid time stays, so that it can be corrected.
        if (typed === undefined || parseClock(typed)) setTyped(undefined);
        onBlur();
      }}
    />
  );
}
