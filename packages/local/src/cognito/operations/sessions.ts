import type { User } from "cognito-local/lib/services/userPoolService.js";
import { errors } from "jose";
import { Lockout } from "../lockout.ts";
import { silentContext } from "../silent-context.ts";
import type { Operations, Parts } from "./parts.ts";
import { checkPassword, inOneWord } from "./passwords.ts";
import { invalidParameter, isCognitoError, notAuthorized } from "./refusals.ts";
import type { CognitoRequest } from "./request.ts";
import type { Users } from "./users.ts";

/** Operations that sign in and out, refresh tokens, and change the password. */
export function sessionOperations(parts: Parts, { findUser, findNamed, authenticate }: Users): Operations {
  const {
    directory: { pool, client },
    services,
    tokens,
    base,
  } = parts;
  const lockout = new Lockout();

  async function refresh(refreshToken = "") {
    const claims = await tokens.verify(refreshToken, "refresh").catch((error: unknown) => {
      const isExpired = error instanceof errors.JWTExpired;
      throw notAuthorized(isExpired ? "Refresh Token has expired" : "Invalid Refresh Token");
    });
    const user = await pool.getUserByRefreshToken(silentContext, refreshToken);
    if (!user) throw notAuthorized("Refresh Token has been revoked");
    const scope = claims["scope"] === undefined ? undefined : String(claims["scope"]);
    const session = { id: String(claims.jti), authTime: Number(claims["auth_time"]), scope };
    return { AuthenticationResult: await tokens.continueSession(session, user, client) };
  }

  async function signIn(request: CognitoRequest) {
    const { USERNAME = "" } = request.AuthParameters ?? {};
    // Unknown names are locked too: otherwise the lock would reveal who is a member.
    const name = (await findUser(USERNAME))?.Username ?? USERNAME;
    if (!lockout.admits(name, services.clock.get())) throw notAuthorized("Password attempts exceeded");
    try {
      const session = await inOneWord(base("InitiateAuth", request));
      lockout.clear(name);
      return session;
    } catch (error) {
      if (isCognitoError(error, "NotAuthorizedException")) lockout.fail(name, services.clock.get());
      throw error;
    }
  }

  async function signOutEverywhere(user: User) {
    await pool.saveUser(silentContext, { ...user, RefreshTokens: [] });
    return {};
  }

  return {
    async InitiateAuth(request) {
      const { AuthFlow = "", AuthParameters } = request;
      if (AuthFlow === "REFRESH_TOKEN_AUTH" || AuthFlow === "REFRESH_TOKEN") {
        return { ChallengeParameters: {}, ...(await refresh(AuthParameters?.["REFRESH_TOKEN"])) };
      }
      if (AuthFlow !== "USER_PASSWORD_AUTH") {
        throw invalidParameter(`${AuthFlow} flow not enabled for this client`);
      }
      return await signIn(request);
    },

    async GetTokensFromRefreshToken({ RefreshToken }) {
      return await refresh(RefreshToken);
    },

    async ChangePassword(request) {
      checkPassword(request.ProposedPassword);
      return await inOneWord(base("ChangePassword", request));
    },

    async GlobalSignOut({ AccessToken = "" }) {
      return await signOutEverywhere(await authenticate(AccessToken));
    },

    async AdminUserGlobalSignOut({ Username }) {
      return await signOutEverywhere(await findNamed(Username));
    },

    async RevokeToken({ Token = "" }) {
      const user = await pool.getUserByRefreshToken(silentContext, Token);
      if (user) {
        const RefreshTokens = user.RefreshTokens.filter((token) => token !== Token);
        await pool.saveUser(silentContext, { ...user, RefreshTokens });
      }
      return {};
    },
  };
}
