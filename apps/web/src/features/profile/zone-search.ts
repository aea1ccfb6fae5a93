import { offsetMinutes } from "#lib/time.ts";
import zones from "./zones.json" with { type: "json" };

// Common names of a zone's time. If several zones match, these come first.
const aliases: Record<string, string> = {
  UTC: "gmt z zulu coordinated universal time",
  "America/New_York": "est edt et eastern time",
  "America/Chicago": "cst cdt ct central time",
  "America/Denver": "mst mdt mt mountain time",
  "America/Los_Angeles": "pst pdt pt pacific time",
  "America/Anchorage": "akst akdt alaska time",
  "Pacific/Honolulu": "hst hawaii time",
  "America/Halifax": "ast adt atlantic time",
  "America/St_Johns": "nst ndt newfoundland time",
  "America/Sao_Paulo": "brt",
  "America/Argentina/Buenos_Aires": "art",
  "Europe/London": "gmt bst",
  "Europe/Lisbon": "wet west",
  "Europe/Berlin": "cet cest mez mesz central european time",
  "Europe/Athens": "eet eest eastern european time",
  "Europe/Moscow": "msk",
  "Europe/Istanbul": "trt",
  "Africa/Lagos": "wat",
  "Africa/Johannesburg": "sast cat",
  "Africa/Nairobi": "eat",
  "Asia/Dubai": "gst",
  "Asia/Karachi": "pkt",
  "Asia/Kolkata": "ist",
  "Asia/Kathmandu": "npt katmandu",
  "Asia/Bangkok": "ict",
  "Asia/Jakarta": "wib",
  "Asia/Manila": "pht",
  "Asia/Singapore": "sgt",
  "Asia/Hong_Kong": "hkt",
  "Asia/Shanghai": "china time",
  "Asia/Tokyo": "jst",
  "Asia/Seoul": "kst",
  "Australia/Perth": "awst",
  "Australia/Adelaide": "acst acdt",
  "Australia/Sydney": "aest aedt",
  "Pacific/Auckland": "nzst nzdt",
};

// Names of countries that Intl does not have.
const countryAliases: Record<string, string[]> = {
  AE: ["uae", "emirates"],
  CD: ["congo"],
  CI: ["ivory coast"],
  CZ: ["czech republic"],
  GB: ["uk", "great britain", "england", "scotland", "wales", "northern ireland"],
  KR: ["korea"],
  MM: ["burma"],
  NL: ["holland"],
  TR: ["turkey"],
  US: ["usa", "america"],
};

type Place = {
  zone: string;
  isCommon: boolean;
  /** Names of the zone and its cities, in lower case and without accents. */
  names: string[];
  abbreviations: string[];
  countries: string[];
};

function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[_/.,-]+/g, " ")
    .trim();
}

/**
 * Each zone's country, its large cities except the one in its name, and the abbreviation of its standard time:
 * `country|city,city|abbreviation`. From `@vvo/tzdb` 6.202.0 (MIT), with cities from GeoNames (CC BY 4.0) and a few more. 8 kB,
 * loaded at the first search: the package itself is 20 kB, and `Intl` has no cities and few abbreviations.
 */
const rows: Record<string, string> = zones;

const places = new Map<string, Place>();

/** Returns the names that find a zone; cached. */
function placeOf(zone: string): Place {
  const known = places.get(zone);
  if (known) return known;
  const [country = "", cities = "", abbreviation = ""] = rows[zone]?.split("|") ?? [];
  const regions = new Intl.DisplayNames(["en"], { type: "region" });
  const alias = aliases[zone];
  const place = {
    zone,
    isCommon: alias !== undefined,
    names: [
      plain(zone.split("/").at(-1) ?? ""),
      ...cities.split(",").filter(Boolean).map(plain),
      plain(zone),
    ],
    abbreviations: [...(alias?.split(" ") ?? []), abbreviation.toLowerCase()],
    countries: country ? [plain(regions.of(country) ?? ""), ...(countryAliases[country] ?? [])] : [],
  };
  places.set(zone, place);
  return place;
}

/** Returns how well a place matches, lower is better; undefined if it does not. */
function rank({ names, abbreviations, countries, isCommon }: Place, words: string[]): number | undefined {
  const query = words.join(" ");
  if (abbreviations.includes(query) || countries.includes(query)) return isCommon ? 0 : 1;
  if (names.includes(query)) return 2;
  if (names.some((name) => name.startsWith(query))) return 3;
  if (countries.some((country) => country.startsWith(query))) return isCommon ? 4 : 5;
  // Every typed word begins a word of the place.
  const all = [...names, ...abbreviations, ...countries].join(" ").split(" ");
  return words.every((word) => all.some((one) => one.startsWith(word))) ? (isCommon ? 6 : 7) : undefined;
}

/** Parses `utc+5`, `gmt -3:30` or `+0545` into hours and minutes; minutes are undefined if none are typed. */
function readOffset(query: string): { sign: number; hours: number; minutes: number | undefined } | undefined {
  const found = /^(?:utc|gmt)?\s*([+\-−])\s*(\d{1,2})(?::?(\d{2}))?$/.exec(query);
  if (!found) return undefined;
  const [, sign, hours, minutes] = found;
  return {
    sign: sign === "+" ? 1 : -1,
    hours: Number(hours),
    minutes: minutes === undefined ? undefined : Number(minutes),
  };
}

function findByOffset(
  zones: readonly string[],
  { sign, hours, minutes }: NonNullable<ReturnType<typeof readOffset>>,
  now: string,
): string[] {
  const wanted = sign * (hours * 60 + (minutes ?? 0));
  return zones
    .map((zone) => ({ zone, offset: offsetMinutes(zone, now), isCommon: zone in aliases }))
    .filter(({ offset }) =>
      minutes === undefined ? Math.trunc(offset / 60) === sign * hours : offset === wanted,
    )
    .filter(({ offset }) => hours !== 0 || offset === 0 || Math.sign(offset) === sign)
    .sort(
      (a, b) =>
        Math.abs(a.offset - wanted) - Math.abs(b.offset - wanted) || Number(b.isCommon) - Number(a.isCommon),
    )
    .map(({ zone }) => zone);
}

/**
 * Finds zones by city, country, the name of their time (`EST`), or their offset at `now` (`utc+5`). Returns the best match
 * first.
 */
export function findZones(query: string, zones: readonly string[], now: string): string[] {
  const offset = readOffset(query.trim().toLowerCase());
  if (offset) return findByOffset(zones, offset, now);
  const words = plain(query).split(" ");
  return zones
    .flatMap((zone) => {
      const found = rank(placeOf(zone), words);
      return found === undefined ? [] : { zone, found };
    })
    .sort((a, b) => a.found - b.found)
    .map(({ zone }) => zone);
}
