import { Choice, Choices } from "#components/ui/choice.tsx";
import { Checkbox, Field, FieldGroup, Input } from "#components/ui/field.tsx";
import { FormField } from "#components/ui/form-field.tsx";
import { useClock } from "#lib/clock.tsx";
import { formatClock } from "#lib/clock-format.ts";
import { useNow } from "#lib/now.tsx";
import { abbreviateZone, addDays, dayOf, formatZone } from "#lib/time.ts";
import type { ClockReading } from "#lib/wall-time.ts";
import { useZone } from "#member/zone.tsx";
import {
  type AvailabilityFormApi,
  asksForNextDay,
  endsBeforeStart,
  readSpan,
} from "./availability-values.ts";
import { spanInWords } from "./span-words.ts";
import { TimeInput } from "./time-input.tsx";

type WhenFieldsProps = {
  form: AvailabilityFormApi;
  /** Whether the times cannot be changed. */
  disabled: boolean;
};

/** Day and times, typed in the member's time zone, and a summary of them. */
export function WhenFields({ form, disabled }: WhenFieldsProps) {
  const zone = useZone();
  const now = useNow();
  const clock = useClock();
  const { register, watch } = form;
  const { errors } = form.formState;
  const values = watch();
  const span = readSpan(values, zone);
  const asksNextDay = asksForNextDay(values);
  const endError = errors.endTime?.message ?? (asksNextDay && !span ? endsBeforeStart : undefined);
  const today = dayOf(now, zone);
  return (
    <div className="grid gap-3">
      <div className="grid grid-cols-2 items-start gap-4 sm:grid-cols-[1fr_9rem_9rem]">
        <FormField form={form} name="day" label="Day" className="max-sm:col-span-2">
          {(control) => (
            <Input {...control} type="date" min={today} max={addDays(today, 366)} disabled={disabled} />
          )}
        </FormField>
        <Field label="From" error={errors.startTime?.message}>
          {(control) => <TimeInput {...control} form={form} name="startTime" disabled={disabled} />}
        </Field>
        <Field label="Until" error={endError}>
          {(control) => <TimeInput {...control} form={form} name="endTime" disabled={disabled} />}
        </Field>
      </div>
      {asksNextDay && !disabled && <Checkbox {...register("endsNextDay")}>It ends the next day</Checkbox>}
      {span && !disabled && (
        <>
          <ClockChange field="startFold" label="From" reading={span.start} form={form} />
          <ClockChange field="endFold" label="Until" reading={span.end} form={form} />
        </>
      )}
      <p aria-live="polite" className="text-ink-soft text-sm">
        {span ? spanInWords(span, zone, clock, now) : `In your time zone, ${formatZone(zone, now)}`}
      </p>
    </div>
  );
}

type ClockChangeProps = {
  field: "startFold" | "endFold";
  label: string;
  reading: ClockReading;
  form: AvailabilityFormApi;
};

/** If clocks change that night: says that a time moves, or asks which of two is meant. */
function ClockChange({ field, label, reading, form }: ClockChangeProps) {
  const zone = useZone();
  const clock = useClock();
  if (reading.kind === "once") return null;
  if (reading.kind === "skipped") {
    return (
      <p role="status" className="rounded bg-sunken px-4 py-3 text-sm">
        {label}: that night the clocks skip this time. It becomes {formatClock(reading.shown.time, clock)}.
      </p>
    );
  }
  const [first, second] = reading.instants;
  return (
    <FieldGroup label={`${label}: that night the clocks show this time twice. Which one?`}>
      <Choices>
        <Choice kind="one" value="first" {...form.register(field)}>
          The first, {abbreviateZone(zone, first)}
        </Choice>
        <Choice kind="one" value="second" {...form.register(field)}>
          The second, {abbreviateZone(zone, second)}
        </Choice>
      </Choices>
    </FieldGroup>
  );
}
