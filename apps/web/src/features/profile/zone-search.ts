import { offsetMinutes } from "#lib/time.ts";
import zones from "./zones.json" with { type: "json" };

// What people call a zone's time. These zones come first where several fit.
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

// Countries by the names that Intl does not say.
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
  /** In lower case and without accents: what the zone and its cities are called. */
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
 * Of each zone its country, large cities beside the one in its name, and what its standard time is called:
 * `country|city,city|abbreviation`. From `@vvo/tzdb` 6.202.0 (MIT), whose cities are those of GeoNames (CC BY 4.0), with some cities
 * added. 8 kB, loaded when zones are searched: the package itself is 20 kB, and `Intl` knows neither cities nor most abbreviations.
 */
const rows: Record<string, string> = zones;

const places = new Map<string, Place>();

/** What a zone is found by; made once for each. */
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

/** How well a place fits, the less the better; undefined where it does not. */
function rank({ names, abbreviations, countries, isCommon }: Place, words: string[]): number | undefined {
  const query = words.join(" ");
  if (abbreviations.includes(query) || countries.includes(query)) return isCommon ? 0 : 1;
  if (names.includes(query)) return 2;
  if (names.some((name) => name.startsWith(query))) return 3;
  if (countries.some((country) => country.startsWith(query))) return isCommon ? 4 : 5;
  // Every word begins one of the place's.
  const all = [...names, ...abbreviations, ...countries].join(" ").split(" ");
  return words.every((word) => all.some((one) => one.startsWith(word))) ? (isCommon ? 6 : 7) : undefined;
}

/** `utc+5`, `gmt -3:30`, `+0545`: hours and minutes ahead of UTC; minutes undefined where none are typed. */
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
 * The zones that fit what is typed, the best first: by city, country, what their time is called (`EST`), or their offset
 * at `now` (`utc+5`).
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
