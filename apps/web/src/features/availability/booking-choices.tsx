import { useId } from "react";
import { Choice, Choices } from "#components/ui/choice.tsx";
import { Field, FieldGroup, Select } from "#components/ui/field.tsx";
import { useClock } from "#lib/clock.tsx";
import { formatDay } from "#lib/time.ts";
import { useCommunity } from "#member/community.ts";
import { useZone } from "#member/zone.tsx";
import { labelStarts } from "./starts.ts";

type TypeChoiceProps = { types: readonly string[]; value: string; onChange: (type: string) => void };

/** Chooses one of the offered kinds of session. */
export function TypeChoice({ types, value, onChange }: TypeChoiceProps) {
  const name = useId();
  const { labelOf } = useCommunity();
  return (
    <FieldGroup label="Kind">
      <Choices>
        {types.map((type) => (
          <Choice key={type} kind="one" name={name} checked={type === value} onChange={() => onChange(type)}>
            {labelOf(type)}
          </Choice>
        ))}
      </Choices>
    </FieldGroup>
  );
}

// With more starts, a list is quicker than chips.
const mostChips = 24;

type StartChoiceProps = {
  starts: readonly string[];
  /** Whether both people are free then, as far as known. */
  isFree: (start: string) => boolean;
  value: string;
  onChange: (start: string) => void;
};

/** Chooses a start. Starts at which one of the two is busy are shown but disabled. */
export function StartChoice(props: StartChoiceProps) {
  return props.starts.length > mostChips ? <StartList {...props} /> : <StartChips {...props} />;
}

function StartChips({ starts, isFree, value, onChange }: StartChoiceProps) {
  const name = useId();
  const zone = useZone();
  const clock = useClock();
  const days = labelStarts(starts, zone, clock);
  return (
    <FieldGroup
      label="Start"
      hint={starts.some((start) => !isFree(start)) && "Gray: one of you has another meeting."}
    >
      <div className="grid gap-3">
        {days.map(({ day, starts }) => (
          <div key={day} className="grid gap-1.5">
            {days.length > 1 && <p className="text-ink-soft text-sm">{formatDay(day)}</p>}
            <Choices>
              {starts.map(({ start, label }) => (
                <Choice
                  key={start}
                  kind="one"
                  name={name}
                  checked={start === value}
                  disabled={!isFree(start)}
                  onChange={() => onChange(start)}
                >
                  {days.length > 1 && <span className="sr-only">{formatDay(day)}, </span>}
                  {label}
                </Choice>
              ))}
            </Choices>
          </div>
        ))}
      </div>
    </FieldGroup>
  );
}

function StartList({ starts, isFree, value, onChange }: StartChoiceProps) {
  const zone = useZone();
  const clock = useClock();
  return (
    <Field label="Start">
      {(control) => (
        <Select {...control} value={value} onChange={(event) => onChange(event.target.value)}>
          {labelStarts(starts, zone, clock).map(({ day, starts }) => (
            <optgroup key={day} label={formatDay(day)}>
              {starts.map(({ start, label }) => (
                <option key={start} value={start} disabled={!isFree(start)}>
                  {formatDay(day)}, {label}
                </option>
              ))}
            </optgroup>
          ))}
        </Select>
      )}
    </Field>
  );
}
