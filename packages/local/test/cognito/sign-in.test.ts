import {
  GetTokensFromRefreshTokenCommand,
  InitiateAuthCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { describe, expect, test, vi } from "vitest";
import { connect, minute, newAddress, Password, start, startTestPool, travel } from "./pool.ts";

const { cognito, client, ClientId, signUp, signIn, newMember } = await startTestPool();

describe("signing in", () => {
  test("needs a confirmed address", async () => {
    const address = newAddress();
    await signUp(address);
    await expect(signIn(address)).rejects.toMatchObject({ name: "UserNotConfirmedException" });
  });

  test("gives a wrong password and an unknown address the same error", async () => {
    const refusal = { name: "NotAuthorizedException", message: "Incorrect username or password." };
    await expect(signIn(await newMember(), "Wrong-passw0rd")).rejects.toMatchObject(refusal);
    await expect(signIn(newAddress())).rejects.toMatchObject(refusal);
  });

  test("locks only that member out for a while after five wrong passwords", async () => {
    const [address, other] = [await newMember(), await newMember()];
    const wrong = { name: "NotAuthorizedException", message: "Incorrect username or password." };
    const locked = { name: "NotAuthorizedException", message: "Password attempts exceeded" };
    travel(0);
    for (let attempt = 0; attempt < 5; attempt++) {
      await expect(signIn(address, "Wrong-passw0rd")).rejects.toMatchObject(wrong);
    }
    const now = Date.now();
    await expect(signIn(address.toUpperCase())).rejects.toMatchObject(locked);
    await expect(signIn(other)).resolves.toMatchObject({ TokenType: "Bearer" });
    vi.setSystemTime(now + 1_000);
    await expect(signIn(address)).resolves.toMatchObject({ TokenType: "Bearer" });
    await expect(signIn(address, "Wrong-passw0rd")).rejects.toMatchObject(wrong);
    await expect(signIn(address)).resolves.toMatchObject({ TokenType: "Bearer" });
  });

  test("locks an unknown address like a member's", async () => {
    const address = newAddress();
    travel(0);
    for (let attempt = 0; attempt < 5; attempt++) await expect(signIn(address)).rejects.toThrow("Incorrect");
    await expect(signIn(address)).rejects.toThrow("Password attempts exceeded");
  });

  test("is limited by address if configured; sessions continue, and the next minute starts over", async () => {
    const strict = await start({ signInsPerMinute: 3 });
    const own = connect(strict);
    const enter = () =>
      own.send(
        new InitiateAuthCommand({
          ClientId: strict.clientId,
          AuthFlow: "USER_PASSWORD_AUTH",
          AuthParameters: { USERNAME: newAddress(), PASSWORD: Password },
        }),
      );
    const renew = () =>
      own.send(new GetTokensFromRefreshTokenCommand({ ClientId: strict.clientId, RefreshToken: "nonsense" }));
    try {
      travel(0);
      for (let attempt = 0; attempt < 3; attempt++) await expect(enter()).rejects.toThrow("Incorrect");
      await expect(enter()).rejects.toMatchObject({ name: "TooManyRequestsException" });
      await expect(renew()).rejects.toThrow("Invalid Refresh Token");
      travel(minute);
      await expect(enter()).rejects.toThrow("Incorrect");
    } finally {
      own.destroy();
      await strict.stop();
    }
  });

  test("returns tokens that verify against the published key and have Cognito's claims", async () => {
    const address = await newMember();
    const { AccessToken = "", IdToken = "", ExpiresIn } = await signIn(address.toUpperCase());
    const keys = createRemoteJWKSet(
      new URL(`${cognito.endpoint}/${cognito.userPoolId}/.well-known/jwks.json`),
    );
    const access = await jwtVerify(AccessToken, keys, { issuer: cognito.issuer });
    const id = await jwtVerify(IdToken, keys, { issuer: cognito.issuer, audience: ClientId });
    expect(ExpiresIn).toBe(3600);
    expect(access.payload).toMatchObject({ token_use: "access", client_id: ClientId });
    expect(access.payload["username"]).toMatch(/^[0-9a-f-]{36}$/);
    expect((access.payload.exp ?? 0) - (access.payload.iat ?? 0)).toBe(3600);
    expect(id.payload).toMatchObject({
      token_use: "id",
      email: address,
      email_verified: true,
      sub: access.payload.sub,
      origin_jti: access.payload["origin_jti"],
    });
  });

  test("names the unknown flow in its error", async () => {
    const command = new InitiateAuthCommand({ ClientId, AuthFlow: "USER_SRP_AUTH", AuthParameters: {} });
    await expect(client.send(command)).rejects.toMatchObject({ name: "InvalidParameterException" });
  });

  test("refuses a client of another pool", async () => {
    const command = new SignUpCommand({ ClientId: "another", Username: newAddress(), Password });
    await expect(client.send(command)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  });
});
