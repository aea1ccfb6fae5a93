import { globalAgent } from "node:https";
import { memberActor } from "@kumite/core/context";
import { Unavailable } from "@kumite/core/errors";
import { FetchError } from "aws-jwt-verify/error";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createVerifier } from "./auth.ts";
import { clientId, issuer, startTokenPool, type TokenPool } from "./testing/token-pool.ts";

let pool: TokenPool;

beforeAll(async () => {
  pool = await startTokenPool();
});
beforeEach(() => {
  pool.fetches = 0;
  pool.serve = { status: 200, body: pool.jwks.own };
});
afterAll(() => pool.close());

function verifier() {
  return createVerifier({ issuer, jwksUri: pool.jwksUri, clientId });
}

describe("the pool's keys", () => {
  test("that are configured are not fetched until they have rotated", async () => {
    const verify = createVerifier({ issuer, jwksUri: pool.jwksUri, clientId, jwks: pool.jwks.own });
    expect(await verify(await pool.sign())).toEqual(memberActor("anna"));
    expect(await verify(await pool.sign({}, { key: pool.keys.foreign }))).toBeUndefined();
    expect(pool.fetches).toBe(0);
    pool.serve = { status: 200, body: pool.jwks.both };
    expect(await verify(await pool.sign({}, { key: pool.keys.rotated, kid: "rotated" }))).toEqual(
      memberActor("anna"),
    );
    expect(pool.fetches).toBe(1);
  });

  test("are fetched again when they have rotated", async () => {
    const verify = verifier();
    expect(await verify(await pool.sign())).toEqual(memberActor("anna"));
    pool.serve = { status: 200, body: pool.jwks.both };
    expect(await verify(await pool.sign({}, { key: pool.keys.rotated, kid: "rotated" }))).toEqual(
      memberActor("anna"),
    );
    expect(await verify(await pool.sign())).toEqual(memberActor("anna"));
    expect(pool.fetches).toBe(2);
  });

  test("are not fetched for each token with an unknown key, and valid tokens still work", async () => {
    const verify = verifier();
    for (let at = 0; at < 5; at++) {
      expect(
        await verify(await pool.sign({}, { key: pool.keys.foreign, kid: `unknown ${at}` })),
      ).toBeUndefined();
    }
    expect(pool.fetches).toBeLessThanOrEqual(2);
    expect(await verify(await pool.sign())).toEqual(memberActor("anna"));
  });

  test.each([
    { status: 500, body: "" },
    { status: 404, body: "{}" },
    { status: 200, body: "<html>Sign in to the network</html>" },
    { status: 200, body: "{}" },
    { status: 200, body: '{"keys":[{"kid":1}]}' },
    { status: 200, body: '{"keys":[', length: 1_000 },
  ])("that cannot be fetched (%o) are unavailable, until they can be", async (answered) => {
    const verify = verifier();
    pool.serve = answered;
    await expect(verify(await pool.sign())).rejects.toThrow(Unavailable);
    pool.serve = { status: 200, body: pool.jwks.own };
    expect(await verify(await pool.sign())).toEqual(memberActor("anna"));
  });

  test("in an answer with an error status are not used", async () => {
    pool.serve = { status: 503, body: pool.jwks.own };
    await expect(verifier()(await pool.sign())).rejects.toThrow(Unavailable);
  });

  test("on a closed port are unavailable, and the error has the cause", async () => {
    const verify = createVerifier({ issuer, jwksUri: "https://127.0.0.1:9/jwks.json", clientId });
    const error: unknown = await verify(await pool.sign()).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Unavailable);
    expect(error).toHaveProperty("cause", expect.any(FetchError));
  });

  test("with an invalid RSA key among them throw a defect, not a failed sign-in", async () => {
    const [key] = JSON.parse(pool.jwks.own).keys;
    const verify = createVerifier({
      issuer,
      jwksUri: pool.jwksUri,
      clientId,
      jwks: JSON.stringify({ keys: [{ ...key, e: 5 }] }),
    });
    await expect(verify(await pool.sign())).rejects.toThrow("Invalid JWK RSA key");
  });

  test("are unavailable after three seconds without an answer", async () => {
    pool.serve = "nothing";
    const token = await pool.sign();
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

  test("are not fetched from a host without a valid certificate", async () => {
    const { ca } = globalAgent.options;
    delete globalAgent.options.ca;
    await expect(verifier()(await pool.sign())).rejects.toThrow(Unavailable);
    globalAgent.options.ca = ca;
    expect(pool.fetches).toBe(0);
  });
});
