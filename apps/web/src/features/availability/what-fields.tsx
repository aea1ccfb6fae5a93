import { minutesBetween } from "@kumite/core/instant";
import { Choice, Choices } from "#components/ui/choice.tsx";
import { Field, FieldGroup, Input, Select } from "#components/ui/field.tsx";
import { FormField } from "#components/ui/form-field.tsx";
import { formatDuration } from "#lib/time.ts";
import { useCommunity } from "#member/community.ts";
import { useZone } from "#member/zone.tsx";
import { type AvailabilityFormApi, asksForBookings, durationOf, readSpan } from "./availability-values.ts";
import type { BookedParts } from "./booked-parts.ts";

const durations = [15, 30, 45, 60, 75, 90, 120, 150, 180, 240, 300, 360, 420, 480];

// A disabled choice still shows that it is chosen.
const fixed =
  "has-checked:has-disabled:border-line-strong has-checked:has-disabled:bg-sunken has-checked:has-disabled:text-ink";

type WhatFieldsProps = {
  form: AvailabilityFormApi;
  /** The parts that booked seats fix. */
  booked: BookedParts | undefined;
};

/** Kinds of session, seats, and duration. */
export function WhatFields({ form, booked }: WhatFieldsProps) {
  const { types, labelOf } = useCommunity();
  const { register, setValue, watch } = form;
  const { errors, isSubmitted, defaultValues } = form.formState;
  const offered = types.map(({ id }) => id);
  // An open time keeps retired kinds that it has.
  const retired = (defaultValues?.types ?? []).flatMap((id) => (id && !offered.includes(id) ? [id] : []));
  const chosen = watch("types");
  // react-hook-form would drop disabled choices from the value.
  const toggle = (type: string) =>
    setValue("types", chosen.includes(type) ? chosen.filter((one) => one !== type) : [...chosen, type], {
      shouldDirty: true,
      shouldValidate: isSubmitted,
    });
  return (
    <>
      <FieldGroup label="What you offer" error={errors.types?.message}>
        <Choices>
          {[...offered, ...retired].map((id) => (
            <Choice
              key={id}
              kind="many"
              value={id}
              className={fixed}
              {...register("types")}
              disabled={booked?.types.includes(id)}
              onChange={() => toggle(id)}
            >
              {labelOf(id)}
            </Choice>
          ))}
        </Choices>
      </FieldGroup>
      <div className="grid gap-x-6 gap-y-7 sm:grid-cols-2">
        <GroupChoice form={form} disabled={booked !== undefined} />
        {watch("isGroup") ? (
          <FormField
            form={form}
            name="maxParticipants"
            options={{ valueAsNumber: true }}
            label="Seats"
            hint="A group meets for the whole open time."
          >
            {(control) => (
              <Input
                {...control}
                type="number"
                inputMode="numeric"
                min={Math.max(2, booked?.seats ?? 0)}
                max={100}
              />
            )}
          </FormField>
        ) : (
          <DurationField form={form} />
        )}
      </div>
      <BookingsChoice form={form} disabled={booked !== undefined} />
    </>
  );
}

function GroupChoice({ form, disabled }: { form: AvailabilityFormApi; disabled: boolean }) {
  const { setValue, watch } = form;
  const isGroup = watch("isGroup");
  return (
    <FieldGroup label="With">
      <Choices>
        <Choice
          kind="one"
          name="form"
          className={fixed}
          checked={!isGroup}
          disabled={disabled}
          onChange={() => setValue("isGroup", false)}
        >
          One to one
        </Choice>
        <Choice
          kind="one"
          name="form"
          className={fixed}
          checked={isGroup}
          disabled={disabled}
          onChange={() => setValue("isGroup", true)}
        >
          A group
        </Choice>
      </Choices>
    </FieldGroup>
  );
}

/** Chooses between one booking and several, if the availability is long enough. */
function BookingsChoice({ form, disabled }: { form: AvailabilityFormApi; disabled: boolean }) {
  const zone = useZone();
  const { types: known } = useCommunity();
  const values = form.watch();
  const span = readSpan(values, zone);
  if (!asksForBookings(values, known, span)) return null;
  const minutes = durationOf(values, known, span);
  const choices = [
    ["one", "One booking takes the whole time"],
    [
      "several",
      `Several: each booking takes its own ${minutes === 60 ? "hour" : formatDuration(minutes)}, the rest stays open`,
    ],
  ] as const;
  return (
    <FieldGroup label="Bookings" error={form.formState.errors.bookings?.message}>
      <Choices>
        {choices.map(([bookings, label]) => (
          <Choice
            key={bookings}
            kind="one"
            name="bookings"
            className="py-2"
            checked={values.bookings === bookings}
            disabled={disabled}
            onChange={() => form.setValue("bookings", bookings, { shouldDirty: true })}
          >
            {label}
          </Choice>
        ))}
      </Choices>
    </FieldGroup>
  );
}

function DurationField({ form }: { form: AvailabilityFormApi }) {
  const zone = useZone();
  const { types: known } = useCommunity();
  const { setValue, watch } = form;
  const values = watch();
  const span = readSpan(values, zone);
  const value = durationOf(values, known, span);
  const length = span ? minutesBetween(span.startTime, span.endTime) : 480;
  const offered = new Set([...durations.filter((minutes) => minutes <= length), value]);
  return (
    <Field
      label="A meeting lasts"
      hint={length > value ? "The person who books chooses the start." : undefined}
      error={form.formState.errors.durationMinutes?.message}
    >
      {(control) => (
        <Select
          {...control}
          value={value}
          onChange={(event) =>
            setValue("durationMinutes", Number(event.target.value), {
              shouldDirty: true,
              shouldValidate: form.formState.isSubmitted,
            })
          }
        >
          {[...offered]
            .sort((a, b) => a - b)
            .map((minutes) => (
              <option key={minutes} value={minutes}>
                {formatDuration(minutes)}
              </option>
            ))}
        </Select>
      )}
    </Field>
  );
}
