import { memberActor } from "@kumite/core/context";
import { SignJWT, UnsecuredJWT } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createVerifier } from "./auth.ts";
import { claims, clientId, issuer, startTokenPool, type TokenPool } from "./testing/token-pool.ts";

let pool: TokenPool;

beforeAll(async () => {
  pool = await startTokenPool();
});
beforeEach(() => {
  pool.fetches = 0;
  pool.serve = { status: 200, body: pool.jwks.own };
});
afterAll(() => pool.close());

function without(claim: string): Promise<string> {
  return pool.sign({ [claim]: undefined });
}

function verifier() {
  return createVerifier({ issuer, jwksUri: pool.jwksUri, clientId });
}

/** The token with one of its three parts replaced. */
function withPart(token: string, at: number, part: (former: string) => string): string {
  return token
    .split(".")
    .map((former, index) => (index === at ? part(former) : former))
    .join(".");
}

function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

describe("an access token", () => {
  test("of the pool and the client identifies the caller; the keys are fetched once", async () => {
    const verify = verifier();
    expect(await verify(await pool.sign())).toEqual(memberActor("anna"));
    expect(await verify(await pool.sign({ username: "bela" }))).toEqual(memberActor("bela"));
    expect(pool.fetches).toBe(1);
  });

  test.each<[unknown, "admin" | "member"]>([
    [["admins"], "admin"],
    [["us-east-1_pool_Google", "admins"], "admin"],
    [["admin", "Admins", "administrators"], "member"],
    ["admins", "member"],
    [{ 0: "admins" }, "member"],
    [null, "member"],
  ])("with the groups %j identifies an actor of the kind %s", async (groups, kind) => {
    expect(await verifier()(await pool.sign({ "cognito:groups": groups }))).toEqual({
      kind,
      username: "anna",
    });
  });

  const past = () => Math.floor(Date.now() / 1_000) - 10;
  test.each<[string, () => Promise<string> | string]>([
    ["has expired", () => pool.sign({ exp: past() })],
    ["never expires", () => without("exp")],
    ["is not valid yet", () => pool.sign({ nbf: past() + 600 })],
    ["is from another pool", () => pool.sign({ iss: `${issuer}2` })],
    ["has no issuer", () => without("iss")],
    ["is for another client", () => pool.sign({ client_id: "another-client" })],
    ["names no client", () => without("client_id")],
    ["names the client as an ID token does", () => pool.sign({ client_id: undefined, aud: clientId })],
    ["is an ID token", () => pool.sign({ token_use: "id", aud: clientId })],
    ["is a refresh token", () => pool.sign({ token_use: "refresh" })],
    ["has no token_use", () => without("token_use")],
    ["names no username", () => without("username")],
    ["names an empty username", () => pool.sign({ username: "" })],
    ["names a number as username", () => pool.sign({ username: 7 })],
    ["is signed by a foreign key with our key's id", () => pool.sign({}, { key: pool.keys.foreign })],
    ["is signed by an unknown key", () => pool.sign({}, { key: pool.keys.foreign, kid: "foreign" })],
    ["names no key", () => new SignJWT(claims()).setProtectedHeader({ alg: "RS256" }).sign(pool.keys.own)],
    ["is not signed", () => new UnsecuredJWT(claims()).encode()],
    ["is not signed, but names a key", () => `${encoded({ alg: "none", kid: "own" })}.${encoded(claims())}.`],
    [
      "is signed with our public key as an HMAC secret",
      () =>
        new SignJWT(claims())
          .setProtectedHeader({ alg: "HS256", kid: "own" })
          .sign(new TextEncoder().encode(pool.keys.publicPem)),
    ],
    [
      "has claims that were not signed",
      async () => withPart(await pool.sign(), 1, () => encoded(claims({ username: "bela" }))),
    ],
    [
      "has a header that was not signed",
      async () => withPart(await pool.sign(), 0, () => encoded({ alg: "RS512", kid: "own" })),
    ],
    ["has lost its signature", async () => withPart(await pool.sign(), 2, () => "")],
    [
      "has a signature of another length",
      async () => withPart(await pool.sign(), 2, (signature) => signature.slice(0, -4)),
    ],
    [
      "has a signature with a changed character",
      async () =>
        withPart(
          await pool.sign(),
          2,
          (signature) => (signature.startsWith("A") ? "B" : "A") + signature.slice(1),
        ),
    ],
  ])("that %s is invalid", async (_, token) => {
    expect(await verifier()(await token())).toBeUndefined();
  });

  test.each(["", ".", "..", "a.b.c", "null", "{}", "e30.e30.", "💥", "x".repeat(10_000), "\0"])(
    "%j is invalid",
    async (text) => {
      expect(await verifier()(text)).toBeUndefined();
    },
  );

  test("with any character changed is invalid", async () => {
    const verify = verifier();
    const token = await pool.sign();
    // Some bits of the last character are padding, which no decoder reads.
    for (let at = 0; at < token.length - 1; at += 7) {
      const other = token[at] === "A" ? "B" : "A";
      expect(await verify(token.slice(0, at) + other + token.slice(at + 1))).toBeUndefined();
    }
  });
});
