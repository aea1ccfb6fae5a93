import { expect, test } from "vitest";
import { viewerAddress } from "./viewer-address.ts";

const key = "the web app's server";
const addressOf = (headers: Record<string, string>) =>
  viewerAddress(new Map(Object.entries(headers)), "198.51.100.9", key);

test("the router's word counts before the connection's own address", () => {
  expect(addressOf({ "x-viewer-address": "192.0.2.1" })).toBe("192.0.2.1");
  expect(addressOf({ "x-viewer-address": "2001:db8:1:2:3::4" })).toBe("2001:db8:1:2::/64");
  expect(addressOf({})).toBe("198.51.100.9");
});

test("whoever holds the key may ask for somebody else, and nobody else may", () => {
  const claim = { "x-viewer-address": "192.0.2.1", "x-prefetch-for": "203.0.113.5" };
  expect(addressOf({ ...claim, "x-prefetch-key": key })).toBe("203.0.113.5");
  for (const wrong of ["", "another key", `${key} `, key.slice(1)]) {
    expect(addressOf({ ...claim, "x-prefetch-key": wrong })).toBe("192.0.2.1");
  }
  expect(addressOf(claim)).toBe("192.0.2.1");
  expect(addressOf({ "x-viewer-address": "192.0.2.1", "x-prefetch-key": key })).toBe("192.0.2.1");
});

test("what else a client may claim does not count", () => {
  const claims = { "x-forwarded-for": "6.6.6.6", forwarded: "for=6.6.6.6", "x-real-ip": "6.6.6.6" };
  expect(addressOf({ ...claims, "x-viewer-address": "192.0.2.1" })).toBe("192.0.2.1");
});
