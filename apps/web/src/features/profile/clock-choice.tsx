import { Choice, Choices } from "#components/ui/choice.tsx";
import { FieldGroup } from "#components/ui/field.tsx";
import { useClockSetting } from "#lib/clock.tsx";
import { type ClockSetting, formatClock } from "#lib/clock-format.ts";

/** Chooses the clock for all times; applies at once, and is kept in this browser. */
export function ClockChoice() {
  const { setting, browserClock, choose } = useClockSetting();
  const labels: Record<ClockSetting, string> = {
    browser: `Like my browser, ${formatClock("18:00", browserClock)}`,
    "12h": `12 hours, ${formatClock("18:00", "12h")}`,
    "24h": "24 hours, 18:00",
  };
  return (
    <FieldGroup label="Clock" hint="How you see times. Applies at once, in this browser.">
      <Choices>
        {(["browser", "12h", "24h"] as const).map((value) => (
          <Choice
            key={value}
            kind="one"
            name="clock"
            value={value}
            checked={setting === value}
            onChange={() => choose(value)}
          >
            {labels[value]}
          </Choice>
        ))}
      </Choices>
    </FieldGroup>
  );
}
