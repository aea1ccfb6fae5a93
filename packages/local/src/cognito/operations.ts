import { CognitoError, InvalidPasswordError, NotAuthorizedError } from "cognito-local/lib/errors.js";
import type { Services } from "cognito-local/lib/services/index.js";
import {
  attribute,
  attributesAppend,
  attributeValue,
  type User,
} from "cognito-local/lib/services/userPoolService.js";
import { decodeJwt, errors } from "jose";
import type { CodeBook, CodePurpose } from "./codes.ts";
import type { Directory } from "./directory.ts";
import { findByIdentity, googleProvider, isFromProvider, withIdentity } from "./identities.ts";
import { Lockout } from "./lockout.ts";
import { passwordComplaint } from "./password-policy.ts";
import { silentContext } from "./silent-context.ts";
import type { TokenIssuer } from "./tokens.ts";

/** A request of Cognito's API: the parameters that are looked at here. */
export interface CognitoRequest {
  readonly AccessToken?: string;
  readonly AttributeName?: string;
  readonly AuthFlow?: string;
  readonly AuthParameters?: Record<string, string>;
  readonly ClientId?: string;
  readonly Code?: string;
  readonly ClientMetadata?: Record<string, string>;
  readonly ConfirmationCode?: string;
  readonly Password?: string;
  readonly ProposedPassword?: string;
  readonly DestinationUser?: ProviderUser;
  readonly GroupName?: string;
  readonly RefreshToken?: string;
  readonly SourceUser?: ProviderUser;
  readonly Token?: string;
  readonly UserAttributes?: readonly { readonly Name: string; readonly Value?: string }[];
  readonly UserPoolId?: string;
  readonly Username?: string;
}

/** A user as an identity provider names them; the pool itself is the provider `Cognito`. */
interface ProviderUser {
  readonly ProviderName?: string;
  readonly ProviderAttributeName?: string;
  readonly ProviderAttributeValue?: string;
}

/** Performs the operation of that name. Rejects with CognitoError for what the caller did wrong. */
export type Perform = (operation: string, request: CognitoRequest) => Promise<object>;

/**
 * Lays over cognito-local what it lacks (resending a code, GetTokensFromRefreshToken, signing out, linking identities, a new e-mail address that counts once it is verified) and what it answers
 * otherwise than Cognito does (codes expire, passwords follow the policy, wrong ones lock out, tokens are verified, a person
 * who is unknown is treated like one who gave the wrong password, as with `PreventUserExistenceErrors`).
 */
export function cognitoOperations(parts: {
  readonly directory: Directory;
  readonly services: Services;
  readonly codes: CodeBook;
  readonly tokens: TokenIssuer;
  /** cognito-local's own operations. */
  readonly base: Perform;
  readonly mailVerification: (address: string, code: string) => Promise<void>;
  /** Told of what CloudTrail would record of a user. */
  readonly onUserEvent: (eventName: string, user: User) => void;
}): Perform {
  const { directory, services, codes, tokens, base, mailVerification, onUserEvent } = parts;
  const { pool, client } = directory;

  const findUser = (username = "") => pool.getUserByUsername(silentContext, username);

  async function sendCode(user: User | null, source: "ResendCode" | "ForgotPassword", address: string) {
    if (user) {
      const Destination = attributeValue("email", user.Attributes) ?? address;
      const details = { AttributeName: "email", DeliveryMedium: "EMAIL", Destination } as const;
      const code = services.otp();
      await services.messages.deliver(
        silentContext,
        source,
        client.ClientId,
        client.UserPoolId,
        user,
        code,
        undefined,
        details,
      );
    }
    return deliveredTo(address);
  }

  function checkCode(user: User | null, purpose: CodePurpose, code = ""): User {
    const outcome = user ? codes.check(user.Username, purpose, code) : "expired";
    if (!user || outcome === "expired") {
      throw new CognitoError("ExpiredCodeException", "Invalid code provided, please request a code again.");
    }
    if (outcome === "wrong") {
      const words = "Invalid verification code provided, please try again.";
      throw new CognitoError("CodeMismatchException", words);
    }
    return user;
  }

  /**
   * Confirms a member whose code was right. The trigger comes first, so that a call that is interrupted or fails can be
   * repeated; Cognito itself would repeat the trigger.
   */
  async function confirm(user: User, purpose: CodePurpose, metadata: Record<string, string> | undefined) {
    const Attributes = attributesAppend(user.Attributes, attribute("email_verified", "true"));
    await services.triggers.postConfirmation(silentContext, {
      source:
        purpose === "SignUp" ? "PostConfirmation_ConfirmSignUp" : "PostConfirmation_ConfirmForgotPassword",
      clientId: client.ClientId,
      ...(metadata && { clientMetadata: metadata }),
      username: user.Username,
      userPoolId: client.UserPoolId,
      userAttributes: attributesAppend(Attributes, attribute("cognito:user_status", "CONFIRMED")),
    });
    const UserLastModifiedDate = services.clock.get();
    await pool.saveUser(silentContext, {
      ...user,
      Attributes,
      UserLastModifiedDate,
      UserStatus: "CONFIRMED",
    });
    await codes.forget(user.Username, purpose);
    return {};
  }

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

  /** The member whose access token this is; their session must be open still. */
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

  const lockout = new Lockout();

  async function signIn(request: CognitoRequest) {
    const { USERNAME = "" } = request.AuthParameters ?? {};
    // Unknown names are locked like known ones, or the lock would tell who is a member.
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

  /** A user of whom an operation of the pool's administrators speaks: their names are taken as they are. */
  async function findNamed(username = ""): Promise<User> {
    const user = (await findUser(username)) ?? (await findUser(username.toLowerCase()));
    if (!user) throw new CognitoError("UserNotFoundException", "User does not exist.");
    return user;
  }

  /** An administrator's operation as cognito-local has it, on the user of that name. */
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

  async function signOutEverywhere(user: User) {
    await pool.saveUser(silentContext, { ...user, RefreshTokens: [] });
    return {};
  }

  async function checkAddressFree(user: User, address: string): Promise<void> {
    const holder = await findUser(address);
    if (holder && holder.Username !== user.Username) {
      throw new CognitoError("AliasExistsException", "An account with the given email already exists.");
    }
  }

  async function sendVerification(user: User, address: string) {
    const code = services.otp();
    await codes.remember(user.Username, "VerifyEmail", code, address);
    await mailVerification(address, code);
    return deliveredTo(address).CodeDeliveryDetails;
  }

  async function saveAttributes(user: User, changes: User["Attributes"]): Promise<void> {
    if (changes.length === 0) return;
    const Attributes = attributesAppend(user.Attributes, ...changes);
    const UserLastModifiedDate = services.clock.get();
    await pool.saveUser(silentContext, { ...user, Attributes, UserLastModifiedDate });
  }

  const codeAttempts = new Lockout();

  // One at a time, or two for the same address would both find it free.
  let lastSignUp: Promise<unknown> = Promise.resolve();

  const operations: Readonly<Record<string, (request: CognitoRequest) => Promise<object>>> = {
    async SignUp(request) {
      checkPassword(request.Password);
      const signUp = lastSignUp.then(() => base("SignUp", request));
      lastSignUp = signUp.catch(() => {});
      return { ...(await signUp), ...deliveredTo(request.Username ?? "") };
    },

    async ConfirmSignUp(request) {
      const user = await findUser(request.Username);
      if (user?.UserStatus === "CONFIRMED") {
        throw notAuthorized("User cannot be confirmed. Current status is CONFIRMED");
      }
      const owner = checkCode(user, "SignUp", request.ConfirmationCode);
      return await confirm(owner, "SignUp", request.ClientMetadata);
    },

    async ResendConfirmationCode({ Username = "" }) {
      const user = await findUser(Username);
      if (user?.UserStatus === "CONFIRMED") throw invalidParameter("User is already confirmed.");
      return await sendCode(user, "ResendCode", Username);
    },

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

    async ForgotPassword({ Username = "" }) {
      const user = await findUser(Username);
      if (user && user.UserStatus !== "CONFIRMED") {
        throw invalidParameter(
          "Cannot reset password for the user as there is no registered/verified email or phone_number",
        );
      }
      return await sendCode(user, "ForgotPassword", Username);
    },

    async ConfirmForgotPassword(request) {
      const { Username, Password = "", ConfirmationCode, ClientMetadata } = request;
      checkPassword(Password);
      const user = checkCode(await findUser(Username), "ForgotPassword", ConfirmationCode);
      return await confirm({ ...user, Password }, "ForgotPassword", ClientMetadata);
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

    async AdminUpdateUserAttributes(request) {
      const user = await findNamed(request.Username);
      const changes = asAttributes(request.UserAttributes);
      const address = attributeValue("email", changes);
      if (address !== undefined) await checkAddressFree(user, address);
      const isVerified = attributeValue("email_verified", changes);
      const verified =
        address !== undefined && isVerified === undefined ? [attribute("email_verified", "false")] : [];
      await saveAttributes(user, [...changes, ...verified]);
      onUserEvent("AdminUpdateUserAttributes", user);
      return {};
    },

    /** As with `AttributesRequireVerificationBeforeUpdate`: a new address counts once it is verified. */
    async UpdateUserAttributes({ AccessToken = "", UserAttributes }) {
      const user = await authenticate(AccessToken);
      const changes = asAttributes(UserAttributes);
      if (changes.some(({ Name }) => !writableAttributes.includes(Name))) {
        throw notAuthorized("A client attempted to write unauthorized attribute");
      }
      await saveAttributes(
        user,
        changes.filter(({ Name }) => Name !== "email"),
      );
      const address = attributeValue("email", changes);
      if (address === undefined) return { CodeDeliveryDetailsList: [] };
      if (!/^[^\s@]+@[^\s@]+$/.test(address)) throw invalidParameter("Invalid email address format.");
      await checkAddressFree(user, address);
      return { CodeDeliveryDetailsList: [await sendVerification(user, address)] };
    },

    async GetUserAttributeVerificationCode({ AccessToken = "", AttributeName }) {
      const user = await authenticate(AccessToken);
      if (AttributeName !== "email") throw invalidParameter(`${AttributeName} cannot be verified.`);
      const address = codes.awaitedAddress(user.Username) ?? attributeValue("email", user.Attributes) ?? "";
      return { CodeDeliveryDetails: await sendVerification(user, address) };
    },

    async VerifyUserAttribute({ AccessToken = "", AttributeName, Code }) {
      const user = await authenticate(AccessToken);
      if (AttributeName !== "email") throw invalidParameter(`${AttributeName} cannot be verified.`);
      const { Username } = user;
      if (!codeAttempts.admits(Username, services.clock.get())) {
        const words = "Attempt limit exceeded, please try after some time.";
        throw new CognitoError("LimitExceededException", words);
      }
      try {
        checkCode(user, "VerifyEmail", Code);
      } catch (error) {
        if (isCognitoError(error, "CodeMismatchException")) codeAttempts.fail(Username, services.clock.get());
        throw error;
      }
      codeAttempts.clear(Username);
      const address = codes.awaitedAddress(Username) ?? "";
      await checkAddressFree(user, address);
      await saveAttributes(user, [attribute("email", address), attribute("email_verified", "true")]);
      await codes.forget(Username, "VerifyEmail");
      onUserEvent("VerifyUserAttribute", user);
      return {};
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

    async RevokeToken({ Token = "" }) {
      const user = await pool.getUserByRefreshToken(silentContext, Token);
      if (user) {
        const RefreshTokens = user.RefreshTokens.filter((token) => token !== Token);
        await pool.saveUser(silentContext, { ...user, RefreshTokens });
      }
      return {};
    },
  };

  return async (operation, request) => {
    if (request.ClientId !== undefined && request.ClientId !== client.ClientId) {
      const words = `User pool client ${request.ClientId} does not exist.`;
      throw new CognitoError("ResourceNotFoundException", words);
    }
    if (request.AccessToken !== undefined) await authenticate(request.AccessToken);
    const own = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
    const caseless = inLowerCase(request);
    // Administrators name users as they are: `Google_…` among them.
    if (own && operation.startsWith("Admin"))
      return await own({ ...caseless, Username: request.Username ?? "" });
    return await (own ? own(caseless) : base(operation, caseless));
  };
}

const notAuthorized = (words: string) => new CognitoError("NotAuthorizedException", words);
const isCognitoError = (error: unknown, code: string) => error instanceof CognitoError && error.code === code;
const invalidParameter = (words: string) => new CognitoError("InvalidParameterException", words);

function checkPassword(password = ""): void {
  const complaint = passwordComplaint(password);
  if (complaint !== undefined) {
    const words = `Password did not conform with policy: ${complaint}`;
    throw new CognitoError("InvalidPasswordException", words);
  }
}

/** cognito-local tells a wrong password from an unknown name, Cognito does not. */
async function inOneWord<T>(signIn: Promise<T>): Promise<T> {
  try {
    return await signIn;
  } catch (error) {
    if (error instanceof InvalidPasswordError || error instanceof NotAuthorizedError) {
      throw notAuthorized("Incorrect username or password.");
    }
    throw error;
  }
}

/** What a member may write of themselves, as the app client has it in infra/auth.ts. */
const writableAttributes = ["email", "name"];

function asAttributes(given: CognitoRequest["UserAttributes"] = []): User["Attributes"] {
  return given.map(({ Name, Value = "" }) => attribute(Name, Value));
}

/** Where a code went, as far as Cognito tells: `a***@e***`. */
function deliveredTo(address: string) {
  const Destination = address.replace(/^(.).*@(.).*$/, "$1***@$2***");
  return { CodeDeliveryDetails: { AttributeName: "email", DeliveryMedium: "EMAIL", Destination } };
}

/** E-mail addresses are names here, and names are compared without regard to case. */
function inLowerCase(request: CognitoRequest): CognitoRequest {
  const { Username, AuthParameters, UserAttributes } = request;
  return {
    ...request,
    ...(Username !== undefined && { Username: Username.toLowerCase() }),
    ...(AuthParameters?.["USERNAME"] !== undefined && {
      AuthParameters: { ...AuthParameters, USERNAME: AuthParameters["USERNAME"].toLowerCase() },
    }),
    ...(UserAttributes && {
      UserAttributes: UserAttributes.map((attribute) =>
        attribute.Name === "email" && attribute.Value !== undefined
          ? { ...attribute, Value: attribute.Value.toLowerCase() }
          : attribute,
      ),
    }),
  };
}
