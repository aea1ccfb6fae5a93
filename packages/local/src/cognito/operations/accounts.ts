import { CognitoError } from "cognito-local/lib/errors.js";
import type { User } from "cognito-local/lib/services/userPoolService.js";
import { findByIdentity, googleProvider, isFromProvider, withIdentity } from "../identities.ts";
import { silentContext } from "../silent-context.ts";
import type { Operations, Parts } from "./parts.ts";
import { invalidParameter } from "./refusals.ts";
import type { CognitoRequest } from "./request.ts";
import type { Users } from "./users.ts";

/** Operations that delete accounts, and administrators' operations on groups and identities. */
export function accountOperations(parts: Parts, { findUser, findNamed, authenticate }: Users): Operations {
  const {
    directory: { pool },
    codes,
    base,
    onUserEvent,
  } = parts;

  /** Runs cognito-local's own version of an administrator's operation on the named user. */
  async function asNamed(operation: string, { UserPoolId = "", Username, GroupName }: CognitoRequest) {
    const user = await findNamed(Username);
    return await base(operation, {
      UserPoolId,
      Username: user.Username,
      ...(GroupName !== undefined && { GroupName }),
    });
  }

  async function deleteUser(eventName: string, user: User) {
    await pool.deleteUser(silentContext, user);
    for (const purpose of ["SignUp", "ForgotPassword", "VerifyEmail"] as const)
      await codes.forget(user.Username, purpose);
    onUserEvent(eventName, user);
    return {};
  }

  return {
    async DeleteUser({ AccessToken = "" }) {
      return await deleteUser("DeleteUser", await authenticate(AccessToken));
    },

    async AdminDeleteUser({ Username }) {
      return await deleteUser("AdminDeleteUser", await findNamed(Username));
    },

    async AdminGetUser(request) {
      return await asNamed("AdminGetUser", request);
    },

    async AdminAddUserToGroup(request) {
      return await asNamed("AdminAddUserToGroup", request);
    },

    async AdminRemoveUserFromGroup(request) {
      return await asNamed("AdminRemoveUserFromGroup", request);
    },

    async AdminLinkProviderForUser({ DestinationUser, SourceUser }) {
      const account = await findUser(DestinationUser?.ProviderAttributeValue);
      if (DestinationUser?.ProviderName !== "Cognito" || !account || isFromProvider(account)) {
        throw new CognitoError("UserNotFoundException", "User does not exist.");
      }
      const { ProviderName, ProviderAttributeName, ProviderAttributeValue: userId } = SourceUser ?? {};
      if (ProviderName !== googleProvider || ProviderAttributeName !== "Cognito_Subject" || !userId) {
        throw invalidParameter("SourceUser is not valid");
      }
      const holder = await findByIdentity(pool, userId);
      if (holder?.Username === account.Username) {
        throw invalidParameter("SourceUser is already linked to DestinationUser");
      }
      if (holder) throw new CognitoError("AliasExistsException", "SourceUser is linked to another user");
      await pool.saveUser(silentContext, withIdentity(account, userId));
      return {};
    },
  };
}
