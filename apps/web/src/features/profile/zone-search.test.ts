import { expect, test } from "vitest";
import { listZones } from "#lib/time.ts";
import { findZones } from "./zone-search.ts";

const zones = listZones();
const find = (query: string) => findZones(query, zones, "2026-11-24T12:00:00.000Z");

test.each([
  ["nepal", "Asia/Kathmandu"],
  ["kathmandu", "Asia/Kathmandu"],
  ["san francisco", "America/Los_Angeles"],
  ["new york", "America/New_York"],
  ["new y", "America/New_York"],
  ["st johns", "America/St_Johns"],
  ["St. Johns", "America/St_Johns"],
  ["usa", "America/Anchorage"],
  ["berlin", "Europe/Berlin"],
  ["munich", "Europe/Berlin"],
  ["são paulo", "America/Sao_Paulo"],
  ["europe/paris", "Europe/Paris"],
  ["buenos aires", "America/Argentina/Buenos_Aires"],
  ["EST", "America/New_York"],
  ["EDT", "America/New_York"],
  ["pst", "America/Los_Angeles"],
  ["CET", "Europe/Berlin"],
  ["cest", "Europe/Berlin"],
  ["IST", "Asia/Kolkata"],
  ["uk", "Europe/London"],
  ["united kingdom", "Europe/London"],
  ["utc", "UTC"],
  ["utc+5:45", "Asia/Kathmandu"],
  ["gmt +0545", "Asia/Kathmandu"],
  ["utc-3:30", "America/St_Johns"],
  ["utc−3:30", "America/St_Johns"],
])("%s finds %s first", (query, zone) => {
  expect(find(query)[0]).toBe(zone);
});

test("does not match inside a word: EST is not Creston", () => {
  expect(find("est")).not.toContain("America/Creston");
});

test("an offset in hours finds exact zones first, then those with extra minutes", () => {
  const found = find("utc+5");
  expect(found[0]).toBe("Asia/Karachi");
  expect(found).toContain("Asia/Kathmandu");
  expect(found.indexOf("Asia/Kolkata")).toBeGreaterThan(found.indexOf("Asia/Tashkent"));
  expect(found).not.toContain("Europe/Berlin");
  expect(find("utc-0")).toContain("Europe/London");
});

test("a country finds all its zones, common ones first", () => {
  const found = find("united states");
  expect(found).toContain("America/Boise");
  expect(found.slice(0, 7)).toContain("America/New_York");
  expect(find("germany")).toEqual(["Europe/Berlin", "Europe/Busingen"]);
});

test("finds every zone by its own name", () => {
  for (const zone of zones) expect(find(zone), zone).toContain(zone);
});

test("finds nothing for an unknown place or offset", () => {
  expect(find("atlantis")).toEqual([]);
  expect(find("utc+25")).toEqual([]);
});
