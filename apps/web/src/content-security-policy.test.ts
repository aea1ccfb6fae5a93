import { expect, test } from "vitest";
import { cognitoOrigins, contentSecurityPolicy } from "./content-security-policy.ts";

const cognito = ["https://cognito-idp.eu-central-1.amazonaws.com"];

/** Returns a policy's directives by name. */
function policy(options: Partial<Parameters<typeof contentSecurityPolicy>[0]>): Map<string, string> {
  const text = contentSecurityPolicy({
    nonce: "N",
    cognito,
    isSecure: true,
    isDevelopment: false,
    ...options,
  });
  return new Map(
    text.split("; ").map((directive) => {
      const [name = "", ...sources] = directive.split(" ");
      return [name, sources.join(" ")];
    }),
  );
}

test("scripts and styles need the page's nonce, and sources that are not named are refused", () => {
  const directives = policy({});
  expect(directives.get("default-src")).toBe("'none'");
  expect(directives.get("script-src")).toBe("'nonce-N' 'strict-dynamic'");
  expect(directives.get("style-src")).toBe("'self' 'nonce-N'");
  expect(directives.get("connect-src")).toBe("'self' https://cognito-idp.eu-central-1.amazonaws.com");
  for (const name of ["base-uri", "frame-ancestors"]) expect(directives.get(name)).toBe("'none'");
  expect([...directives.values()].join(" ")).not.toContain("unsafe");
});

test("only pages served over https require https for what they load", () => {
  expect(policy({}).has("upgrade-insecure-requests")).toBe(true);
  expect(policy({ isSecure: false }).has("upgrade-insecure-requests")).toBe(false);
});

test("allows the Next.js development tools in development only", () => {
  expect(policy({ isDevelopment: true }).get("script-src")).toContain("'unsafe-eval'");
  expect(policy({ isDevelopment: true }).get("connect-src")).toContain("ws:");
});

test.each([
  [{ endpoint: undefined, hostedDomain: undefined }, ["https://cognito-idp.eu-central-1.amazonaws.com"]],
  [
    { endpoint: "http://127.0.0.1:9229/", hostedDomain: "kumite.auth.eu-central-1.amazoncognito.com" },
    ["http://127.0.0.1:9229", "https://kumite.auth.eu-central-1.amazoncognito.com"],
  ],
])("allows Cognito's origins for %j", (settings, origins) => {
  expect(cognitoOrigins({ userPoolId: "eu-central-1_AbCd", ...settings })).toEqual(origins);
});
