import { describe, expect, test } from "vitest";
import { dayProblem, formatFilters, isFiltered, parseFilters } from "./filters.ts";
import { searchInput } from "./search-input.ts";

const today = "2026-11-22";
const community = {
  cohorts: ["White", "Green"],
  types: ["kata", "lesson", "sparring"].map((id) => ({ id, label: id, durationMinutes: 60 })),
};
const read = (query: string) => parseFilters(new URLSearchParams(query), today);

describe("filters in the address", () => {
  test.each([
    ["", { types: [] }],
    ["?types=kata,sparring", { types: ["kata", "sparring"] }],
    [
      "?cohort=Green&from=2026-11-24&to=2026-11-30",
      { types: [], cohort: "Green", from: "2026-11-24", to: "2026-11-30" },
    ],
    ["?types=kata&fits=1", { types: ["kata"], fits: true as const }],
  ])("%s", (query, filters) => {
    expect(read(query)).toEqual(filters);
    expect(read(formatFilters(filters))).toEqual(filters);
  });

  test("have one order of types, so that one filter has one address", () => {
    expect(formatFilters(read("types=sparring,kata,sparring"))).toBe("?types=kata,sparring");
  });

  test.each([
    "from=2026-02-30",
    "from=yesterday",
    "from=2026-11-21",
    "to=2026-11-21",
    "types=",
    "from=2026-13-01&to=",
  ])("leave out what is not a filter: %s", (query) => {
    expect(read(query)).toEqual({ types: [] });
    expect(isFiltered(read(query))).toBe(false);
  });

  test("an end before the start is kept, has a message, and is not searched for", () => {
    const filters = read("from=2026-11-24&to=2026-11-23");
    expect(filters).toEqual({ types: [], from: "2026-11-24", to: "2026-11-23" });
    expect(dayProblem("2026-11-23", today, "2026-11-24")).toBe("Until is before From, so it is ignored");
    const { to, ...open } = filters;
    expect(searchInput(filters, community, "UTC", today)).toEqual(searchInput(open, community, "UTC", today));
  });

  test.each([
    ["2026-11-22", undefined, undefined],
    ["2026-11-24", "2026-11-24", undefined],
    ["2026-11-21", undefined, "That day has passed"],
    ["0002-11-24", undefined, undefined],
    ["0202-11-24", undefined, undefined],
  ])("checks the day %s after %s: %s", (day, from, problem) => {
    expect(dayProblem(day, today, from)).toBe(problem);
  });
});

describe("the search", () => {
  test("begins and ends at the member's midnight", () => {
    const filters = { types: [], from: "2026-11-24", to: "2026-11-24" };
    expect(searchInput(filters, community, "Asia/Kathmandu", today)).toEqual({
      from: "2026-11-23T18:15:00.000Z",
      to: "2026-11-24T18:15:00.000Z",
    });
  });

  test("has 23 or 25 hours on the day of a clock change", () => {
    const hours = (day: string, zone: string) => {
      const { from, to } = searchInput({ types: [], from: day, to: day }, community, zone, today);
      return (Date.parse(to) - Date.parse(from)) / 3_600_000;
    };
    expect(hours("2027-03-28", "Europe/Berlin")).toBe(23);
    expect(hours("2027-10-31", "Europe/Berlin")).toBe(25);
    expect(hours("2027-03-14", "America/New_York")).toBe(23);
    expect(hours("2027-11-07", "America/New_York")).toBe(25);
  });

  test("has the owner's cohort if it exists in the community", () => {
    const of = (cohort: string) => searchInput({ types: [], cohort }, community, "UTC", today);
    expect(of("Green").ownerCohorts).toEqual(["Green"]);
    expect(of("Ultraviolet")).not.toHaveProperty("ownerCohorts");
  });

  test("leaves out types that the community does not have", () => {
    expect(searchInput({ types: ["kata", "old"] }, community, "UTC", today).types).toEqual(["kata"]);
    expect(searchInput({ types: ["old"] }, community, "UTC", today)).not.toHaveProperty("types");
  });

  test.each(["UTC", "Africa/Cairo", "America/New_York", "Pacific/Apia"])(
    "spans at most a year: %s",
    (zone) => {
      for (const filters of [
        { types: [] },
        { types: [], to: "2035-01-01" },
        { types: [], from: "2027-11-20" },
      ]) {
        const { from, to } = searchInput(filters, community, zone, today);
        expect(Date.parse(to) - Date.parse(from)).toBeLessThanOrEqual(365 * 86_400_000);
        expect(Date.parse(to)).toBeGreaterThan(Date.parse(from));
      }
    },
  );
});
