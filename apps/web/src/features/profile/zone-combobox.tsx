"use client";

import { lazy, Suspense, useMemo } from "react";
import type { ControlProps } from "#components/ui/field.tsx";
import { useNow } from "#lib/now.tsx";
import { formatOffset, listZones } from "#lib/time.ts";
import { useHydrated } from "#lib/use-hydrated.ts";

const Combobox = lazy(async () => ({ default: (await import("#components/ui/combobox.tsx")).Combobox }));

type ZoneComboboxProps = ControlProps & {
  value: string | null;
  onValueChange: (zone: string) => void;
  onBlur: () => void;
};

/** Every IANA zone, found by any part of its name: `kathmandu`, `new york`. */
export function ZoneCombobox(props: ZoneComboboxProps) {
  const now = useNow();
  const { value } = props;
  const options = useMemo(() => {
    const zones = listZones();
    // A profile may hold a name that this browser knows but does not list.
    const all = value && !zones.includes(value) ? [value, ...zones] : zones;
    return all.map((zone) => ({ value: zone, label: zone, search: zone.replaceAll(/[_/]/g, " ") }));
  }, [value]);
  const place = (
    <div className="flex h-11 items-center rounded border border-line-strong bg-surface px-3">{value}</div>
  );
  // In the server's HTML it would hide a field by a style attribute, which the content security policy refuses.
  if (!useHydrated()) return place;
  return (
    <Suspense fallback={place}>
      <Combobox
        {...props}
        options={options}
        note={(zone) => formatOffset(zone, now)}
        placeholder="Choose one"
        searchLabel="Search for a city near you"
        empty="No such zone. Try the nearest large city."
      />
    </Suspense>
  );
}
