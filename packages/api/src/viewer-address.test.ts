import { expect, test } from "vitest";
import { viewerAddress } from "./viewer-address.ts";

const key = "the web app's server";
const addressOf = (headers: Record<string, string>) =>
  viewerAddress(new Map(Object.entries(headers)), "198.51.100.9", key);

test("the router's header has precedence over the connection's address", () => {
  expect(addressOf({ "x-viewer-address": "192.0.2.1" })).toBe("192.0.2.1");
  expect(addressOf({ "x-viewer-address": "2001:db8:1:2:3::4" })).toBe("2001:db8:1:2::/64");
  expect(addressOf({})).toBe("198.51.100.9");
});

test("only a request with the key may name another address", () => {
  const claim = { "x-viewer-address": "192.0.2.1", "x-prefetch-for": "203.0.113.5" };
  expect(addressOf({ ...claim, "x-prefetch-key": key })).toBe("203.0.113.5");
  for (const wrong of ["", "another key", `${key} `, key.slice(1)]) {
    expect(addressOf({ ...claim, "x-prefetch-key": wrong })).toBe("192.0.2.1");
  }
  expect(addressOf(claim)).toBe("192.0.2.1");
  expect(addressOf({ "x-viewer-address": "192.0.2.1", "x-prefetch-key": key })).toBe("192.0.2.1");
});

test("other address headers of a client are ignored", () => {
  const claims = { "x-forwarded-for": "6.6.6.6", forwarded: "for=6.6.6.6", "x-real-ip": "6.6.6.6" };
  expect(addressOf({ ...claims, "x-viewer-address": "192.0.2.1" })).toBe("192.0.2.1");
});
