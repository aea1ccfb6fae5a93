import { describe, expect, test } from "vitest";
import { findAccessToken, isForeign } from "./auth.ts";

const clientId = "the-client";

describe("findAccessToken", () => {
  const prefix = `CognitoIdentityServiceProvider.${clientId}`;
  const session = `${prefix}.LastAuthUser=anna; ${prefix}.anna.accessToken=from-cookie`;
  const find = (headers: Record<string, string>) => findAccessToken(new Headers(headers), clientId);

  test.each([
    ["Bearer a.b.c", "a.b.c"],
    ["bearer a.b.c", "a.b.c"],
    ["Bearer   a.b.c", "a.b.c"],
  ])("finds the token in the header %j", (authorization, token) => {
    expect(find({ authorization })).toBe(token);
  });

  test.each([
    "Basic a.b.c",
    "Bearer",
    "a.b.c",
    "Bearer a.b.c d.e.f",
    "Bearera.b.c",
    "Bearer,a",
    "X-Bearer a.b.c",
  ])("finds none in the header %j, and does not fall back to the cookies", (authorization) => {
    expect(find({ authorization, cookie: session })).toBeUndefined();
  });

  test("prefers the header to the cookies", () => {
    expect(find({ authorization: "Bearer a.b.c", cookie: session })).toBe("a.b.c");
  });

  test("finds the token in the session's cookies, among other cookies", () => {
    expect(find({ cookie: session })).toBe("from-cookie");
    expect(find({ cookie: `theme=dark; ${session}; ${prefix}.bela.accessToken=no` })).toBe("from-cookie");
  });

  test("finds the token of a username that is an e-mail address or has characters that cookies encode", () => {
    const of = (username: string, name: string) =>
      find({
        cookie: `${prefix}.LastAuthUser=${encodeURIComponent(username)}; ${prefix}.${name}.accessToken=t`,
      });
    expect(of("anna@example.com", "anna%40example.com")).toBe("t");
    expect(of("anna@example.com", "anna@example.com")).toBe("t");
    expect(of("an na(1)", "an%20na%281%29")).toBe("t");
  });

  test.each(["same-origin", "none"])("reads cookies that the browser sends as %s", (site) => {
    expect(find({ cookie: session, "sec-fetch-site": site })).toBe("from-cookie");
  });

  test.each(["cross-site", "same-site", "something-new"])(
    "does not read cookies that the browser sends as %s",
    (site) => {
      expect(find({ cookie: session, "sec-fetch-site": site })).toBeUndefined();
      expect(find({ authorization: "Bearer a.b.c", "sec-fetch-site": site })).toBe("a.b.c");
    },
  );

  test.each([
    "",
    ";",
    "=",
    ";;;===",
    `${prefix}.LastAuthUser`,
    `${prefix}.LastAuthUser=`,
    `${prefix}.LastAuthUser=anna`,
    `${prefix}.anna.accessToken=from-cookie`,
    `${prefix}.undefined.accessToken=from-cookie`,
    `${prefix}.LastAuthUser=; ${prefix}..accessToken=from-cookie`,
    `${prefix}.LastAuthUser=bela; ${prefix}.anna.accessToken=from-cookie`,
    `${prefix}.LastAuthUser=%E0%A4%A; ${prefix}.anna.accessToken=from-cookie`,
    `${prefix}.LastAuthUser=%F0%9F%92; ${prefix}.anna.accessToken=from-cookie`,
    `${prefix}.LastAuthUser=__proto__`,
    "CognitoIdentityServiceProvider.another.LastAuthUser=anna; CognitoIdentityServiceProvider.another.anna.accessToken=t",
    "__proto__=x; constructor=y",
  ])("finds none in the cookies %j", (cookie) => {
    expect(find({ cookie })).toBeUndefined();
  });

  test("finds none for an anonymous caller", () => {
    expect(find({})).toBeUndefined();
  });
});

describe("isForeign", () => {
  const prefix = `CognitoIdentityServiceProvider.${clientId}`;
  const cookie = `${prefix}.LastAuthUser=anna; ${prefix}.anna.accessToken=from-cookie`;
  const host = "kumite.example";
  const judge = (headers: Record<string, string>, webOrigin?: string) =>
    isForeign(new Map(Object.entries(headers)), clientId, webOrigin);

  test.each([
    "null",
    "",
    "https://evil.example",
    "https://kumite.example.evil.example",
    "https://evil.kumite.example",
    "https://kumite.example:8443",
    "https://kumite.example@evil.example",
    "https://kumite.example, https://evil.example",
    "kumite.example",
    "file://",
    "chrome-extension://abcdef",
    "data:text/html,kumite.example",
  ])("the session's cookies from %j are foreign", (origin) => {
    expect(judge({ cookie, host, origin })).toBe(true);
  });

  test.each([
    ["https://kumite.example", "kumite.example"],
    ["https://KUMITE.example", "Kumite.Example"],
    ["https://kumite.example", "kumite.example:443"],
    ["http://localhost:3000", "localhost:3000"],
    ["http://127.0.0.1:3000", "127.0.0.1:3000"],
    ["http://[::1]:3000", "[::1]:3000"],
  ])("the session's cookies from %j to the host %j are not foreign", (origin, own) => {
    expect(judge({ cookie, host: own, origin })).toBe(false);
    // The router's host counts, not the host of the connection behind the router.
    expect(judge({ cookie, host: "gateway.example", "x-forwarded-host": own, origin })).toBe(false);
  });

  test("an Origin that is the gateway's own host is foreign", () => {
    const origin = "https://gateway.example";
    expect(judge({ cookie, host: "gateway.example", "x-forwarded-host": host, origin })).toBe(true);
  });

  test.each(["https://kumite.example", "file://", "null"])(
    "without a host, the cookies from %j are foreign",
    (origin) => {
      expect(judge({ cookie, origin })).toBe(true);
    },
  );

  test("the configured origin of the web app is not foreign", () => {
    const origin = "http://localhost:3000";
    expect(judge({ cookie, host, origin }, origin)).toBe(false);
    expect(judge({ cookie, host, origin: "http://localhost:3001" }, origin)).toBe(true);
  });

  test("a request without an Origin, without a session, or with a bearer token is not foreign", () => {
    const origin = "https://evil.example";
    expect(judge({ cookie, host })).toBe(false);
    expect(judge({ cookie, host }, "http://localhost:3000")).toBe(false);
    expect(judge({ cookie: "theme=dark", host, origin })).toBe(false);
    expect(judge({ host, origin })).toBe(false);
    expect(judge({ cookie, host, origin, authorization: "Bearer a.b.c" })).toBe(false);
  });
});
