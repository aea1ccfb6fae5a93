import { once } from "node:events";
import { createServer, globalAgent, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { memberActor } from "@kumite/core/context";
import { Unavailable } from "@kumite/core/errors";
import { FetchError } from "aws-jwt-verify/error";
import {
  type CryptoKey,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  type JWTPayload,
  SignJWT,
  UnsecuredJWT,
} from "jose";
import { generate } from "selfsigned";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createVerifier, findAccessToken, isForeign } from "./auth.ts";

const clientId = "the-client";
const issuer = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_pool";

let server: Server;
let jwksUri: string;
/** How often the keys were fetched, and what the server answers with. */
let fetches = 0;
let serve: { status: number; body: string; length?: number } | "nothing";
let keys: { own: CryptoKey; rotated: CryptoKey; foreign: CryptoKey; publicPem: string };
let jwks: { own: string; both: string };

beforeAll(async () => {
  const [own, rotated, foreign] = await Promise.all(
    [1, 2, 3].map(() => generateKeyPair("RS256", { extractable: true })),
  );
  if (!own || !rotated || !foreign) throw new Error("No keys");
  keys = {
    own: own.privateKey,
    rotated: rotated.privateKey,
    foreign: foreign.privateKey,
    publicPem: await exportSPKI(own.publicKey),
  };
  const jwk = async (key: CryptoKey, kid: string) => ({
    ...(await exportJWK(key)),
    kid,
    use: "sig",
    alg: "RS256",
  });
  const [first, second] = [await jwk(own.publicKey, "own"), await jwk(rotated.publicKey, "rotated")];
  jwks = { own: JSON.stringify({ keys: [first] }), both: JSON.stringify({ keys: [first, second] }) };
  const { private: key, cert } = await generate([{ name: "commonName", value: "127.0.0.1" }], {
    extensions: [{ name: "subjectAltName", altNames: [{ type: 7, ip: "127.0.0.1" }] }],
  });
  globalAgent.options.ca = cert;
  server = createServer({ key, cert }, (_, response) => {
    fetches++;
    if (serve === "nothing") return;
    const { status, body, length } = serve;
    response.writeHead(status, {
      "content-type": "application/json",
      "content-length": length ?? body.length,
    });
    // A longer answer than there is breaks off.
    if (length === undefined) response.end(body);
    else response.write(body, () => response.destroy());
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  jwksUri = `https://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`;
});

afterAll(() => {
  delete globalAgent.options.ca;
  server.close();
  server.closeAllConnections();
});

beforeEach(() => {
  fetches = 0;
  serve = { status: 200, body: jwks.own };
});

/** A claim set as Cognito's access tokens have it. */
function claims(given: JWTPayload = {}): JWTPayload {
  const now = Math.floor(Date.now() / 1_000);
  return {
    iss: issuer,
    sub: "the-subject",
    username: "anna",
    client_id: clientId,
    token_use: "access",
    scope: "aws.cognito.signin.user.admin",
    auth_time: now - 60,
    iat: now - 60,
    exp: now + 3_600,
    ...given,
  };
}

function sign(given: JWTPayload = {}, by: { key?: CryptoKey; kid?: string } = {}): Promise<string> {
  return new SignJWT(claims(given))
    .setProtectedHeader({ alg: "RS256", kid: by.kid ?? "own" })
    .sign(by.key ?? keys.own);
}

function without(claim: string): Promise<string> {
  return sign({ [claim]: undefined });
}

function verifier() {
  return createVerifier({ issuer, jwksUri, clientId });
}

/** The same token with another part in place of one of its three. */
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
  test("of the pool and the client says who is calling; the keys are fetched once", async () => {
    const verify = verifier();
    expect(await verify(await sign())).toEqual(memberActor("anna"));
    expect(await verify(await sign({ username: "bela" }))).toEqual(memberActor("bela"));
    expect(fetches).toBe(1);
  });

  test.each<[unknown, "admin" | "member"]>([
    [["admins"], "admin"],
    [["us-east-1_pool_Google", "admins"], "admin"],
    [["admin", "Admins", "administrators"], "member"],
    ["admins", "member"],
    [{ 0: "admins" }, "member"],
    [null, "member"],
  ])("whose groups are %j is of a(n) %s", async (groups, kind) => {
    expect(await verifier()(await sign({ "cognito:groups": groups }))).toEqual({ kind, username: "anna" });
  });

  const past = () => Math.floor(Date.now() / 1_000) - 10;
  test.each<[string, () => Promise<string> | string]>([
    ["has expired", () => sign({ exp: past() })],
    ["never expires", () => without("exp")],
    ["is not valid yet", () => sign({ nbf: past() + 600 })],
    ["is of another pool", () => sign({ iss: `${issuer}2` })],
    ["is of no pool", () => without("iss")],
    ["is of another client", () => sign({ client_id: "another-client" })],
    ["is of no client", () => without("client_id")],
    ["names the client as an ID token does", () => sign({ client_id: undefined, aud: clientId })],
    ["is an ID token", () => sign({ token_use: "id", aud: clientId })],
    ["is a refresh token", () => sign({ token_use: "refresh" })],
    ["is for no use", () => without("token_use")],
    ["names nobody", () => without("username")],
    ["names somebody by nothing", () => sign({ username: "" })],
    ["names somebody by a number", () => sign({ username: 7 })],
    ["is signed by another's key under our key's name", () => sign({}, { key: keys.foreign })],
    ["is signed by a key that we do not know", () => sign({}, { key: keys.foreign, kid: "foreign" })],
    ["names no key", () => new SignJWT(claims()).setProtectedHeader({ alg: "RS256" }).sign(keys.own)],
    ["is not signed", () => new UnsecuredJWT(claims()).encode()],
    ["is not signed, and names a key", () => `${encoded({ alg: "none", kid: "own" })}.${encoded(claims())}.`],
    [
      "is signed with our public key as if it were a secret",
      () =>
        new SignJWT(claims())
          .setProtectedHeader({ alg: "HS256", kid: "own" })
          .sign(new TextEncoder().encode(keys.publicPem)),
    ],
    [
      "says something else than was signed",
      async () => withPart(await sign(), 1, () => encoded(claims({ username: "bela" }))),
    ],
    [
      "has another header than was signed",
      async () => withPart(await sign(), 0, () => encoded({ alg: "RS512", kid: "own" })),
    ],
    ["has lost its signature", async () => withPart(await sign(), 2, () => "")],
    [
      "has a signature of another length",
      async () => withPart(await sign(), 2, (signature) => signature.slice(0, -4)),
    ],
    [
      "has a signature with one bit turned",
      async () =>
        withPart(
          await sign(),
          2,
          (signature) => (signature.startsWith("A") ? "B" : "A") + signature.slice(1),
        ),
    ],
  ])("that %s is none", async (_, token) => {
    expect(await verifier()(await token())).toBeUndefined();
  });

  test.each(["", ".", "..", "a.b.c", "null", "{}", "e30.e30.", "💥", "x".repeat(10_000), "\0"])(
    "%j is none",
    async (text) => {
      expect(await verifier()(text)).toBeUndefined();
    },
  );

  test("any of its characters changed is none", async () => {
    const verify = verifier();
    const token = await sign();
    // Some bits of the last character are padding, which no decoder reads.
    for (let at = 0; at < token.length - 1; at += 7) {
      const other = token[at] === "A" ? "B" : "A";
      expect(await verify(token.slice(0, at) + other + token.slice(at + 1))).toBeUndefined();
    }
  });
});

describe("the pool's keys", () => {
  test("that are known beforehand are not fetched, until they have rotated", async () => {
    const verify = createVerifier({ issuer, jwksUri, clientId, jwks: jwks.own });
    expect(await verify(await sign())).toEqual(memberActor("anna"));
    expect(await verify(await sign({}, { key: keys.foreign }))).toBeUndefined();
    expect(fetches).toBe(0);
    serve = { status: 200, body: jwks.both };
    expect(await verify(await sign({}, { key: keys.rotated, kid: "rotated" }))).toEqual(memberActor("anna"));
    expect(fetches).toBe(1);
  });

  test("are fetched again when they have rotated", async () => {
    const verify = verifier();
    expect(await verify(await sign())).toEqual(memberActor("anna"));
    serve = { status: 200, body: jwks.both };
    expect(await verify(await sign({}, { key: keys.rotated, kid: "rotated" }))).toEqual(memberActor("anna"));
    expect(await verify(await sign())).toEqual(memberActor("anna"));
    expect(fetches).toBe(2);
  });

  test("are not fetched for each token of an unknown key, and such tokens harm nobody else", async () => {
    const verify = verifier();
    for (let at = 0; at < 5; at++) {
      expect(await verify(await sign({}, { key: keys.foreign, kid: `unknown ${at}` }))).toBeUndefined();
    }
    expect(fetches).toBeLessThanOrEqual(2);
    expect(await verify(await sign())).toEqual(memberActor("anna"));
  });

  test.each([
    { status: 500, body: "" },
    { status: 404, body: "{}" },
    { status: 200, body: "<html>Sign in to the network</html>" },
    { status: 200, body: "{}" },
    { status: 200, body: '{"keys":[{"kid":1}]}' },
    { status: 200, body: '{"keys":[', length: 1_000 },
  ])("out of reach (%o): unavailable, until they are there", async (answered) => {
    const verify = verifier();
    serve = answered;
    await expect(verify(await sign())).rejects.toThrow(Unavailable);
    serve = { status: 200, body: jwks.own };
    expect(await verify(await sign())).toEqual(memberActor("anna"));
  });

  test("in an answer that says it has failed are not taken", async () => {
    serve = { status: 503, body: jwks.own };
    await expect(verifier()(await sign())).rejects.toThrow(Unavailable);
  });

  test("nobody listens there: unavailable, and the cause is told", async () => {
    const verify = createVerifier({ issuer, jwksUri: "https://127.0.0.1:9/jwks.json", clientId });
    const error: unknown = await verify(await sign()).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Unavailable);
    expect(error).toHaveProperty("cause", expect.any(FetchError));
  });

  test("one that no RSA key can be is a defect, and not the caller's fault", async () => {
    const [key] = JSON.parse(jwks.own).keys;
    const verify = createVerifier({
      issuer,
      jwksUri,
      clientId,
      jwks: JSON.stringify({ keys: [{ ...key, e: 5 }] }),
    });
    await expect(verify(await sign())).rejects.toThrow("Invalid JWK RSA key");
  });

  test("are waited for three seconds at most", async () => {
    serve = "nothing";
    const token = await sign();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const settled = vi.fn();
      const verifying = verifier()(token);
      verifying.catch(settled);
      await vi.advanceTimersByTimeAsync(2_999);
      expect(settled).not.toHaveBeenCalled();
      await vi.advanceTimersByTimeAsync(1);
      await expect(verifying).rejects.toThrow(Unavailable);
    } finally {
      vi.useRealTimers();
    }
  });

  test("are fetched from nobody who cannot prove to be that host", async () => {
    const { ca } = globalAgent.options;
    delete globalAgent.options.ca;
    await expect(verifier()(await sign())).rejects.toThrow(Unavailable);
    globalAgent.options.ca = ca;
    expect(fetches).toBe(0);
  });
});

describe("findAccessToken", () => {
  const prefix = `CognitoIdentityServiceProvider.${clientId}`;
  const session = `${prefix}.LastAuthUser=anna; ${prefix}.anna.accessToken=from-cookie`;
  const find = (headers: Record<string, string>) => findAccessToken(new Headers(headers), clientId);

  test.each([
    ["Bearer a.b.c", "a.b.c"],
    ["bearer a.b.c", "a.b.c"],
    ["Bearer   a.b.c", "a.b.c"],
  ])("in the header %j", (authorization, token) => {
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
  ])("not in the header %j, nor then in the cookies", (authorization) => {
    expect(find({ authorization, cookie: session })).toBeUndefined();
  });

  test("the header comes before the cookies", () => {
    expect(find({ authorization: "Bearer a.b.c", cookie: session })).toBe("a.b.c");
  });

  test("in the cookies of the session, among others", () => {
    expect(find({ cookie: session })).toBe("from-cookie");
    expect(find({ cookie: `theme=dark; ${session}; ${prefix}.bela.accessToken=no` })).toBe("from-cookie");
  });

  test("of a username that is an e-mail address, or that cookies encode", () => {
    const of = (username: string, name: string) =>
      find({
        cookie: `${prefix}.LastAuthUser=${encodeURIComponent(username)}; ${prefix}.${name}.accessToken=t`,
      });
    expect(of("anna@example.com", "anna%40example.com")).toBe("t");
    expect(of("anna@example.com", "anna@example.com")).toBe("t");
    expect(of("an na(1)", "an%20na%281%29")).toBe("t");
  });

  test.each(["same-origin", "none"])("in cookies that the browser sends as %s", (site) => {
    expect(find({ cookie: session, "sec-fetch-site": site })).toBe("from-cookie");
  });

  test.each(["cross-site", "same-site", "something-new"])("not in cookies that come %s", (site) => {
    expect(find({ cookie: session, "sec-fetch-site": site })).toBeUndefined();
    expect(find({ authorization: "Bearer a.b.c", "sec-fetch-site": site })).toBe("a.b.c");
  });

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
  ])("not in the cookies %j", (cookie) => {
    expect(find({ cookie })).toBeUndefined();
  });

  test("an anonymous caller sends neither", () => {
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
  ])("those from %j, sent to the host %j, are not", (origin, own) => {
    expect(judge({ cookie, host: own, origin })).toBe(false);
    // The router's word comes before the host of the connection behind it.
    expect(judge({ cookie, host: "gateway.example", "x-forwarded-host": own, origin })).toBe(false);
  });

  test("another host's own name does not help it", () => {
    const origin = "https://gateway.example";
    expect(judge({ cookie, host: "gateway.example", "x-forwarded-host": host, origin })).toBe(true);
  });

  test.each(["https://kumite.example", "file://", "null"])(
    "where no host is named, the cookies from %j are foreign",
    (origin) => {
      expect(judge({ cookie, origin })).toBe(true);
    },
  );

  test("pages that are served from elsewhere are ours where we are told so", () => {
    const origin = "http://localhost:3000";
    expect(judge({ cookie, host, origin }, origin)).toBe(false);
    expect(judge({ cookie, host, origin: "http://localhost:3001" }, origin)).toBe(true);
  });

  test("without an Origin, a session or as a bearer, a request is not judged by it", () => {
    const origin = "https://evil.example";
    expect(judge({ cookie, host })).toBe(false);
    expect(judge({ cookie, host }, "http://localhost:3000")).toBe(false);
    expect(judge({ cookie: "theme=dark", host, origin })).toBe(false);
    expect(judge({ host, origin })).toBe(false);
    expect(judge({ cookie, host, origin, authorization: "Bearer a.b.c" })).toBe(false);
  });
});
