"use client";

import { useId } from "react";
import { Monitor } from "#components/ui/icons/monitor.ts";
import { Moon } from "#components/ui/icons/moon.ts";
import { Sun } from "#components/ui/icons/sun.ts";
import { useWaitingMark } from "#lib/use-hydrated.ts";
import { setTheme, useTheme } from "./theme.ts";

const themes = [
  { value: "system", label: "Like the system", Icon: Monitor },
  { value: "light", label: "Light", Icon: Sun },
  { value: "dark", label: "Dark", Icon: Moon },
] as const;

/** Chooses the light or the dark theme, or the system's. */
export function ThemeSwitch() {
  const theme = useTheme();
  const name = useId();
  const mark = useWaitingMark();
  return (
    <fieldset className="inline-flex gap-0.5 rounded bg-sunken p-0.5">
      <legend className="sr-only">Theme</legend>
      {themes.map(({ value, label, Icon }) => (
        <label
          key={value}
          title={label}
          className="grid size-8 cursor-pointer place-items-center rounded-sm text-ink-soft hover:text-ink has-checked:bg-surface has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-ink"
        >
          <input
            {...mark}
            type="radio"
            name={name}
            value={value}
            checked={theme === value}
            onChange={() => setTheme(value)}
            className="sr-only"
          />
          <Icon className="size-4" />
          <span className="sr-only">{label}</span>
        </label>
      ))}
    </fieldset>
  );
}
