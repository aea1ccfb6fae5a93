import {
  type AuthenticationResultType,
  GetUserCommand,
  GlobalSignOutCommand,
  RevokeTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { decodeJwt } from "jose";
import { describe, expect, test } from "vitest";
import { minute, startTestPool, travel } from "./pool.ts";

const { client, ClientId, initiateAuth, signIn, refresh, newMember } = await startTestPool();

describe("a session", () => {
  test("continues with the same session id after either way to refresh", async () => {
    const { AccessToken = "", RefreshToken = "" } = await signIn(await newMember());
    const answers = [
      await refresh(RefreshToken),
      await initiateAuth("REFRESH_TOKEN_AUTH", { REFRESH_TOKEN: RefreshToken }),
    ];
    const { origin_jti, auth_time, jti } = decodeJwt(AccessToken);
    for (const { AuthenticationResult } of answers) {
      const claims = decodeJwt(AuthenticationResult?.AccessToken ?? "");
      expect(claims).toMatchObject({ origin_jti, auth_time });
      expect(claims.jti).not.toBe(jti);
    }
  });

  test("lasts longer than its access token, until its refresh token expires", async () => {
    const { AccessToken, RefreshToken } = await signIn(await newMember());
    travel(61 * minute);
    await expect(client.send(new GetUserCommand({ AccessToken }))).rejects.toMatchObject({
      name: "NotAuthorizedException",
      message: "Access Token has expired",
    });
    await expect(refresh(RefreshToken)).resolves.toBeDefined();
    travel(31 * 24 * 60 * minute);
    await expect(refresh(RefreshToken)).rejects.toMatchObject({ message: "Refresh Token has expired" });
  });

  test.each([
    [
      "signing out everywhere",
      ({ AccessToken }: AuthenticationResultType) => new GlobalSignOutCommand({ AccessToken }),
    ],
    [
      "revoking the token, as Amplify signs out",
      ({ RefreshToken: Token }: AuthenticationResultType) => new RevokeTokenCommand({ ClientId, Token }),
    ],
  ])("ends by %s", async (_, command) => {
    const tokens = await signIn(await newMember());
    const sent = command(tokens);
    await (sent instanceof GlobalSignOutCommand ? client.send(sent) : client.send(sent));
    await expect(refresh(tokens.RefreshToken)).rejects.toMatchObject({ name: "NotAuthorizedException" });
    const { AccessToken } = tokens;
    await expect(client.send(new GetUserCommand({ AccessToken }))).rejects.toMatchObject({
      message: "Access Token has been revoked",
    });
  });

  test("ends without the others when only its own token is revoked", async () => {
    const address = await newMember();
    const [one, other] = [await signIn(address), await signIn(address)];
    await client.send(new RevokeTokenCommand({ ClientId, Token: one.RefreshToken }));
    await expect(refresh(other.RefreshToken)).resolves.toBeDefined();
  });

  test("does not accept a forged token or one of another kind", async () => {
    const { AccessToken = "", RefreshToken } = await signIn(await newMember());
    const [header, payload, signature = ""] = AccessToken.split(".");
    const forged = [header, payload, signature.split("").reverse().join("")].join(".");
    for (const token of [forged, RefreshToken, "nonsense"]) {
      await expect(client.send(new GetUserCommand({ AccessToken: token }))).rejects.toMatchObject({
        name: "NotAuthorizedException",
      });
    }
    await expect(refresh(AccessToken)).rejects.toMatchObject({ name: "NotAuthorizedException" });
  });
});
