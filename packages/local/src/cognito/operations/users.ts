import { CognitoError } from "cognito-local/lib/errors.js";
import { attributesAppend, type User } from "cognito-local/lib/services/userPoolService.js";
import { decodeJwt, errors } from "jose";
import { silentContext } from "../silent-context.ts";
import type { Parts } from "./parts.ts";
import { notAuthorized } from "./refusals.ts";

export type Users = ReturnType<typeof usersOf>;

/** How operations find and change the users of the pool. */
export function usersOf({ directory: { pool }, services, tokens }: Parts) {
  const findUser = (username = "") => pool.getUserByUsername(silentContext, username);

  /** Returns the user of an access token. Throws if the token or its session is no longer valid. */
  async function authenticate(accessToken: string): Promise<User> {
    const claims = await tokens.verify(accessToken, "access").catch((error: unknown) => {
      const isExpired = error instanceof errors.JWTExpired;
      throw notAuthorized(isExpired ? "Access Token has expired" : "Invalid Access Token");
    });
    const user = await findUser(claims.sub);
    if (!user) throw new CognitoError("UserNotFoundException", "User does not exist.");
    if (!user.RefreshTokens.some((token) => decodeJwt(token).jti === claims["origin_jti"])) {
      throw notAuthorized("Access Token has been revoked");
    }
    return user;
  }

  /** Returns the user that an administrator's operation names. The name is used unchanged. */
  async function findNamed(username = ""): Promise<User> {
    const user = (await findUser(username)) ?? (await findUser(username.toLowerCase()));
    if (!user) throw new CognitoError("UserNotFoundException", "User does not exist.");
    return user;
  }

  async function checkAddressFree(user: User, address: string): Promise<void> {
    const holder = await findUser(address);
    if (holder && holder.Username !== user.Username) {
      throw new CognitoError("AliasExistsException", "An account with the given email already exists.");
    }
  }

  async function saveAttributes(user: User, changes: User["Attributes"]): Promise<void> {
    if (changes.length === 0) return;
    const Attributes = attributesAppend(user.Attributes, ...changes);
    const UserLastModifiedDate = services.clock.get();
    await pool.saveUser(silentContext, { ...user, Attributes, UserLastModifiedDate });
  }

  return { findUser, authenticate, findNamed, checkAddressFree, saveAttributes };
}
