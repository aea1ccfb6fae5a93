"use client";

import { lazy, Suspense, useMemo, useState } from "react";
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

type ZoneSearch = typeof import("./zone-search.ts");

/** Chooses an IANA zone; the search finds it by city, country, the name of its time, or offset. */
export function ZoneCombobox(props: ZoneComboboxProps) {
  const now = useNow();
  const { value } = props;
  const options = useMemo(() => {
    const zones = listZones();
    // A profile may have a name that this browser accepts but does not list.
    const all = value && !zones.includes(value) ? [value, ...zones] : zones;
    return all.map((zone) => ({ value: zone, label: zone }));
  }, [value]);
  const [search, setSearch] = useState<ZoneSearch>();
  function find(query: string) {
    // Until the search is loaded, or if that fails, compares names only.
    if (!search)
      return options.filter(({ value }) => value.toLowerCase().includes(query.trim().toLowerCase()));
    const zones = options.map(({ value }) => value);
    return search.findZones(query, zones, now).map((zone) => ({ value: zone, label: zone }));
  }
  const place = (
    <div className="flex h-11 items-center rounded border border-line-strong bg-surface px-3">{value}</div>
  );
  // In the server's HTML, the combobox has a style attribute, which the content security policy refuses.
  if (!useHydrated()) return place;
  return (
    <Suspense fallback={place}>
      <Combobox
        {...props}
        options={options}
        find={find}
        onOpen={() => void import("./zone-search.ts").then(setSearch, () => {})}
        note={(zone) => formatOffset(zone, now)}
        placeholder="Choose one"
        searchLabel="Search for a city or country"
        empty="No such zone. Try the nearest large city."
      />
    </Suspense>
  );
}
