import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  AdminUpdateUserAttributesCommand,
  AdminUserGlobalSignOutCommand,
  type AuthenticationResultType,
  ChangePasswordCommand,
  CognitoIdentityProviderClient,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  DeleteUserCommand,
  ForgotPasswordCommand,
  GetTokensFromRefreshTokenCommand,
  GetUserAttributeVerificationCodeCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  InitiateAuthCommand,
  ResendConfirmationCodeCommand,
  RevokeTokenCommand,
  SignUpCommand,
  UpdateUserAttributesCommand,
  VerifyUserAttributeCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { createRemoteJWKSet, decodeJwt, jwtVerify } from "jose";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { type Cognito, startCognito } from "../src/cognito/index.ts";
import type { Mail } from "../src/mail.ts";

const mails: Omit<Mail, "sentAt">[] = [];
const postConfirmation = vi.fn<(event: object) => Promise<void>>();
const accountChanged = vi.fn<(event: object) => Promise<void>>();
const Password = "Passw0rd!x";
const minute = 60_000;

let cognito: Cognito;
let client: CognitoIdentityProviderClient;
let ClientId: string;

beforeAll(async () => {
  cognito = await start();
  client = connect(cognito);
  ClientId = cognito.clientId;
});
afterAll(async () => {
  client.destroy();
  await cognito.stop();
});
afterEach(() => {
  vi.useRealTimers();
  postConfirmation.mockReset();
  accountChanged.mockReset();
});

function start(options: { file?: string; signInsPerMinute?: number } = {}): Promise<Cognito> {
  const deliver = async (mail: Omit<Mail, "sentAt">) => void mails.push(mail);
  return startCognito({
    ...options,
    deliver,
    postConfirmation: async (event) => postConfirmation(event),
    accountChanged: async (event) => accountChanged(event),
  });
}

function connect({ endpoint }: Cognito): CognitoIdentityProviderClient {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  return new CognitoIdentityProviderClient({ endpoint, region: "us-east-1", credentials, maxAttempts: 1 });
}

let lastMember = 0;
const newAddress = () => `member-${++lastMember}@example.com`;
const lastCode = (address: string) => mails.findLast(({ to }) => to === address)?.code ?? "no code";
const wrongVersionOf = (code: string) => (code === "000000" ? "000001" : "000000");

const signUp = (Username: string, password = Password) =>
  client.send(new SignUpCommand({ ClientId, Username, Password: password }));
const confirm = (Username: string, ConfirmationCode = lastCode(Username)) =>
  client.send(new ConfirmSignUpCommand({ ClientId, Username, ConfirmationCode }));
const initiateAuth = (
  AuthFlow: "USER_PASSWORD_AUTH" | "REFRESH_TOKEN_AUTH",
  AuthParameters: Record<string, string>,
) => client.send(new InitiateAuthCommand({ ClientId, AuthFlow, AuthParameters }));
const signIn = async (USERNAME: string, PASSWORD = Password): Promise<AuthenticationResultType> => {
  const { AuthenticationResult } = await initiateAuth("USER_PASSWORD_AUTH", { USERNAME, PASSWORD });
  return AuthenticationResult ?? {};
};
const refresh = (RefreshToken = "") =>
  client.send(new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken }));
const newMember = async () => {
  const address = newAddress();
  await signUp(address);
  await confirm(address);
  return address;
};

/** Moves the clock, and nothing else: requests still take their time. */
function travel(milliseconds: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + milliseconds });
}

describe("signing up", () => {
  test("mails a code that confirms the address and calls PostConfirmation as Cognito does", async () => {
    const address = newAddress();
    const { UserSub, UserConfirmed, CodeDeliveryDetails } = await signUp(address);
    expect(UserConfirmed).toBe(false);
    expect(CodeDeliveryDetails).toEqual({
      AttributeName: "email",
      DeliveryMedium: "EMAIL",
      Destination: "m***@e***",
    });
    expect(lastCode(address)).toMatch(/^\d{6}$/);

    await confirm(address);
    expect(postConfirmation).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({
        triggerSource: "PostConfirmation_ConfirmSignUp",
        userName: UserSub,
        userPoolId: cognito.userPoolId,
        request: {
          userAttributes: {
            sub: UserSub,
            email: address,
            email_verified: "true",
            "cognito:user_status": "CONFIRMED",
          },
        },
      }),
    );
  });

  test("refuses a weak password and an address that is taken, in whatever case", async () => {
    await expect(signUp(newAddress(), "weak")).rejects.toMatchObject({
      name: "InvalidPasswordException",
      message: "Password did not conform with policy: Password not long enough",
    });
    const address = await newMember();
    await expect(signUp(address.toUpperCase())).rejects.toMatchObject({ name: "UsernameExistsException" });
  });

  test("gives an address to one of two who ask at once", async () => {
    const address = newAddress();
    const outcomes = await Promise.allSettled([signUp(address), signUp(address)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test("refuses a wrong code, then takes the right one, once", async () => {
    const address = newAddress();
    await signUp(address);
    await expect(confirm(address, wrongVersionOf(lastCode(address)))).rejects.toMatchObject({
      name: "CodeMismatchException",
    });
    await confirm(address);
    await expect(confirm(address)).rejects.toMatchObject({
      name: "NotAuthorizedException",
      message: "User cannot be confirmed. Current status is CONFIRMED",
    });
  });

  test("lets a code be sent again, and only the last one counts", async () => {
    const address = newAddress();
    await signUp(address);
    const [first, Username] = [lastCode(address), address];
    await client.send(new ResendConfirmationCodeCommand({ ClientId, Username }));
    // One time in a million both are the same.
    if (first !== lastCode(address)) {
      await expect(confirm(address, first)).rejects.toMatchObject({ name: "CodeMismatchException" });
    }
    await confirm(address);
    await expect(
      client.send(new ResendConfirmationCodeCommand({ ClientId, Username })),
    ).rejects.toMatchObject({
      name: "InvalidParameterException",
      message: "User is already confirmed.",
    });
  });

  test("lets a code expire after a day", async () => {
    const address = newAddress();
    await signUp(address);
    travel(24 * 60 * minute + 1);
    await expect(confirm(address)).rejects.toMatchObject({ name: "ExpiredCodeException" });
  });

  test("can be confirmed again after PostConfirmation failed", async () => {
    const address = newAddress();
    await signUp(address);
    postConfirmation.mockRejectedValueOnce(new Error("no database"));
    await expect(confirm(address)).rejects.toMatchObject({
      name: "UserLambdaValidationException",
      message: "PostConfirmation failed with error no database.",
    });
    await confirm(address);
    await expect(signIn(address)).resolves.toMatchObject({ TokenType: "Bearer" });
  });
});

describe("signing in", () => {
  test("needs a confirmed address", async () => {
    const address = newAddress();
    await signUp(address);
    await expect(signIn(address)).rejects.toMatchObject({ name: "UserNotConfirmedException" });
  });

  test("does not tell a wrong password from an unknown address", async () => {
    const refusal = { name: "NotAuthorizedException", message: "Incorrect username or password." };
    await expect(signIn(await newMember(), "Wrong-passw0rd")).rejects.toMatchObject(refusal);
    await expect(signIn(newAddress())).rejects.toMatchObject(refusal);
  });

  test("locks a member out for a while after five wrong passwords, and nobody else", async () => {
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

  test("is limited by address where that is asked for, sessions go on, and the next minute is a new one", async () => {
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

  test("gives tokens that verify against the published key and carry Cognito's claims", async () => {
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

  test("names the flow that it does not know", async () => {
    const command = new InitiateAuthCommand({ ClientId, AuthFlow: "USER_SRP_AUTH", AuthParameters: {} });
    await expect(client.send(command)).rejects.toMatchObject({ name: "InvalidParameterException" });
  });

  test("is refused for a client of another pool", async () => {
    const command = new SignUpCommand({ ClientId: "another", Username: newAddress(), Password });
    await expect(client.send(command)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  });
});

describe("a session", () => {
  test("is continued by either way to refresh, with the same session id", async () => {
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

  test("outlives its access token and not its refresh token", async () => {
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

  test("ends alone when only its own token is revoked", async () => {
    const address = await newMember();
    const [one, other] = [await signIn(address), await signIn(address)];
    await client.send(new RevokeTokenCommand({ ClientId, Token: one.RefreshToken }));
    await expect(refresh(other.RefreshToken)).resolves.toBeDefined();
  });

  test("is not opened by somebody else's token", async () => {
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

describe("a forgotten password", () => {
  const forget = (Username: string) => client.send(new ForgotPasswordCommand({ ClientId, Username }));
  const reset = (Username: string, ConfirmationCode: string, password: string) =>
    client.send(
      new ConfirmForgotPasswordCommand({ ClientId, Username, ConfirmationCode, Password: password }),
    );

  test("is replaced with a code, and the trigger says what it was for", async () => {
    const address = await newMember();
    await forget(address);
    const code = lastCode(address);
    await expect(reset(address, wrongVersionOf(code), "New-passw0rd")).rejects.toMatchObject({
      name: "CodeMismatchException",
    });
    await expect(reset(address, code, "weak")).rejects.toMatchObject({ name: "InvalidPasswordException" });
    await reset(address, code, "New-passw0rd");
    expect(postConfirmation).toHaveBeenLastCalledWith(
      expect.objectContaining({ triggerSource: "PostConfirmation_ConfirmForgotPassword" }),
    );
    await expect(signIn(address)).rejects.toMatchObject({ name: "NotAuthorizedException" });
    await expect(signIn(address, "New-passw0rd")).resolves.toBeDefined();
    await expect(reset(address, code, "New-passw0rd-2")).rejects.toMatchObject({
      name: "ExpiredCodeException",
    });
  });

  test("is not replaced with a code that is an hour old", async () => {
    const address = await newMember();
    await forget(address);
    travel(60 * minute + 1);
    await expect(reset(address, lastCode(address), "New-passw0rd")).rejects.toMatchObject({
      name: "ExpiredCodeException",
    });
  });

  test("answers alike for an unknown address, and mails nothing", async () => {
    const address = newAddress();
    await expect(forget(address)).resolves.toMatchObject({
      CodeDeliveryDetails: { Destination: "m***@e***" },
    });
    expect(mails.some(({ to }) => to === address)).toBe(false);
  });

  test("is nothing for somebody who has not confirmed yet", async () => {
    const address = newAddress();
    await signUp(address);
    await expect(forget(address)).rejects.toMatchObject({ name: "InvalidParameterException" });
  });
});

test("a password is changed by whoever knows it", async () => {
  const address = await newMember();
  const { AccessToken } = await signIn(address);
  const change = (PreviousPassword: string) =>
    client.send(
      new ChangePasswordCommand({ AccessToken, PreviousPassword, ProposedPassword: "New-passw0rd" }),
    );
  await expect(change("Wrong-passw0rd")).rejects.toMatchObject({
    message: "Incorrect username or password.",
  });
  await change(Password);
  await expect(signIn(address, "New-passw0rd")).resolves.toBeDefined();
});

test("browsers of other origins may call", async () => {
  const response = await fetch(cognito.endpoint, {
    method: "OPTIONS",
    headers: { "access-control-request-headers": "content-type,x-amz-target,x-amz-user-agent" },
  });
  expect(response.status).toBe(204);
  expect(response.headers.get("access-control-allow-origin")).toBe("*");
  expect(response.headers.get("access-control-allow-headers")).toContain("x-amz-target");
});

test.each([
  ["nothing", undefined, ""],
  ["no JSON", "AWSCognitoIdentityProviderService.SignUp", "{"],
  ["an unknown operation", "AWSCognitoIdentityProviderService.Nonsense", "{}"],
  ["a name of the language", "AWSCognitoIdentityProviderService.constructor", "{}"],
])("%s is refused and harms nobody", async (_, target, body) => {
  const headers = { ...(target && { "x-amz-target": target }) };
  const response = await fetch(cognito.endpoint, { method: "POST", headers, body });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ __type: expect.any(String), message: expect.any(String) });
});

test("members, sessions and codes outlive a restart", async () => {
  const directory = await mkdtemp(path.join(tmpdir(), "kumite-cognito-"));
  const file = path.join(directory, "cognito.json");
  const first = await start({ file });
  ({ clientId: ClientId } = first);
  client = connect(first);
  const [member, waiting] = [await newMember(), newAddress()];
  await signUp(waiting);
  const { RefreshToken } = await signIn(member);
  await first.stop();

  const second = await start({ file });
  client = connect(second);
  try {
    expect(second).toMatchObject({ userPoolId: first.userPoolId, clientId: first.clientId });
    await expect(refresh(RefreshToken)).resolves.toBeDefined();
    await confirm(waiting);
    await expect(signIn(waiting)).resolves.toBeDefined();
  } finally {
    await second.stop();
    await rm(directory, { recursive: true });
    client = connect(cognito);
    ({ clientId: ClientId } = cognito);
  }
});

/** A member who has signed in. */
async function signedIn() {
  const address = await newMember();
  const tokens = await signIn(address);
  const { AccessToken = "" } = tokens;
  const Username = String(decodeJwt(AccessToken).sub);
  return { address, tokens, AccessToken, Username };
}
const attributesOf = async (AccessToken: string) => {
  const { UserAttributes = [] } = await client.send(new GetUserCommand({ AccessToken }));
  return Object.fromEntries(UserAttributes.map(({ Name, Value }) => [Name, Value]));
};
const changeEmail = (AccessToken: string, Value: string) =>
  client.send(new UpdateUserAttributesCommand({ AccessToken, UserAttributes: [{ Name: "email", Value }] }));
const verifyEmail = (AccessToken: string, Code: string) =>
  client.send(new VerifyUserAttributeCommand({ AccessToken, AttributeName: "email", Code }));
const eventOf = (eventName: string, sub: string) =>
  expect.objectContaining({
    "detail-type": "AWS API Call via CloudTrail",
    source: "aws.cognito-idp",
    detail: expect.objectContaining({ eventName, additionalEventData: { sub } }),
  });
const toldOf = (eventName: string, sub: string) =>
  vi.waitFor(() => expect(accountChanged).toHaveBeenCalledWith(eventOf(eventName, sub)));

describe("changing the e-mail address", () => {
  test("mails a code to the new one, and changes nothing before it is verified", async () => {
    const { address, AccessToken, Username } = await signedIn();
    const next = newAddress();
    const mailed = mails.length;
    const { CodeDeliveryDetailsList } = await changeEmail(AccessToken, next.toUpperCase());
    expect(CodeDeliveryDetailsList).toEqual([
      { AttributeName: "email", DeliveryMedium: "EMAIL", Destination: "m***@e***" },
    ]);
    expect(mails.slice(mailed).map(({ to }) => to)).toEqual([next]);
    expect(await attributesOf(AccessToken)).toMatchObject({ email: address, email_verified: "true" });
    await expect(signIn(next)).rejects.toMatchObject({ name: "NotAuthorizedException" });
    await expect(verifyEmail(AccessToken, wrongVersionOf(lastCode(next)))).rejects.toMatchObject({
      name: "CodeMismatchException",
    });
    expect(await attributesOf(AccessToken)).toMatchObject({ email: address });
    expect(accountChanged).not.toHaveBeenCalled();

    await verifyEmail(AccessToken, lastCode(next));
    expect(await attributesOf(AccessToken)).toMatchObject({ email: next, email_verified: "true" });
    await signIn(next);
    await expect(signIn(address)).rejects.toMatchObject({ name: "NotAuthorizedException" });
    await toldOf("VerifyUserAttribute", Username);
    // A code counts once.
    await expect(verifyEmail(AccessToken, lastCode(next))).rejects.toMatchObject({
      name: "ExpiredCodeException",
    });
  });

  test("sends another code on demand, to the new address while one waits; the last one counts", async () => {
    const { address, AccessToken } = await signedIn();
    const resend = () =>
      client.send(new GetUserAttributeVerificationCodeCommand({ AccessToken, AttributeName: "email" }));
    await resend();
    expect(mails.at(-1)?.to).toBe(address);
    const next = newAddress();
    await changeEmail(AccessToken, next);
    const first = lastCode(next);
    await resend();
    const second = lastCode(next);
    expect(mails.at(-1)?.to).toBe(next);
    if (first !== second) {
      await expect(verifyEmail(AccessToken, first)).rejects.toMatchObject({ name: "CodeMismatchException" });
    }
    await verifyEmail(AccessToken, second);
    expect(await attributesOf(AccessToken)).toMatchObject({ email: next });
  });

  test("refuses an address that another account has, at once and when it was taken meanwhile", async () => {
    const [{ AccessToken }, other] = await Promise.all([signedIn(), signedIn()]);
    await expect(changeEmail(AccessToken, other.address)).rejects.toMatchObject({
      name: "AliasExistsException",
    });
    const wanted = newAddress();
    await changeEmail(AccessToken, wanted);
    const code = lastCode(wanted);
    await changeEmail(other.AccessToken, wanted);
    await verifyEmail(other.AccessToken, lastCode(wanted));
    await expect(verifyEmail(AccessToken, code)).rejects.toMatchObject({ name: "AliasExistsException" });
    await expect(changeEmail(AccessToken, "no address")).rejects.toMatchObject({
      name: "InvalidParameterException",
    });
  });

  test("takes five wrong codes, and then none for a while, not even the right one", async () => {
    const { AccessToken } = await signedIn();
    const next = newAddress();
    await changeEmail(AccessToken, next);
    for (let attempt = 0; attempt < 5; attempt++) {
      await expect(verifyEmail(AccessToken, wrongVersionOf(lastCode(next)))).rejects.toMatchObject({
        name: "CodeMismatchException",
      });
    }
    await expect(verifyEmail(AccessToken, lastCode(next))).rejects.toMatchObject({
      name: "LimitExceededException",
    });
    travel(16 * minute);
    await verifyEmail(AccessToken, lastCode(next));
  });

  test("a member writes their name, and nothing that says who they are", async () => {
    const { AccessToken } = await signedIn();
    const write = (Name: string, Value: string) =>
      client.send(new UpdateUserAttributesCommand({ AccessToken, UserAttributes: [{ Name, Value }] }));
    await write("name", "Anna");
    expect(await attributesOf(AccessToken)).toMatchObject({ name: "Anna" });
    for (const attribute of ["email_verified", "sub", "identities", "custom:admin"]) {
      await expect(write(attribute, "true")).rejects.toMatchObject({ name: "NotAuthorizedException" });
    }
  });

  test("by an administrator counts at once", async () => {
    const { AccessToken, Username } = await signedIn();
    const email = newAddress();
    const { userPoolId: UserPoolId } = cognito;
    const UserAttributes = [
      { Name: "email", Value: email },
      { Name: "email_verified", Value: "true" },
    ];
    await client.send(new AdminUpdateUserAttributesCommand({ UserPoolId, Username, UserAttributes }));
    expect(await attributesOf(AccessToken)).toMatchObject({ email, email_verified: "true" });
    await toldOf("AdminUpdateUserAttributes", Username);
  });
});

describe("the end of an account", () => {
  test.each(["DeleteUser", "AdminDeleteUser"])(
    "%s removes the user, their tokens and their address",
    async (name) => {
      const { address, tokens, AccessToken, Username } = await signedIn();
      const { userPoolId: UserPoolId } = cognito;
      await (name === "DeleteUser"
        ? client.send(new DeleteUserCommand({ AccessToken }))
        : client.send(new AdminDeleteUserCommand({ UserPoolId, Username })));
      await toldOf(name, Username);
      for (const again of [
        () => client.send(new AdminDeleteUserCommand({ UserPoolId, Username })),
        () => client.send(new AdminGetUserCommand({ UserPoolId, Username })),
        () => client.send(new GetUserCommand({ AccessToken })),
      ]) {
        await expect(again()).rejects.toMatchObject({ name: "UserNotFoundException" });
      }
      await expect(refresh(tokens.RefreshToken)).rejects.toMatchObject({ name: "NotAuthorizedException" });
      await expect(signIn(address)).rejects.toMatchObject({ name: "NotAuthorizedException" });
      await signUp(address);
      await confirm(address);
      expect(String(decodeJwt((await signIn(address)).AccessToken ?? "").sub)).not.toBe(Username);
    },
  );

  test("is told again where the function fails, and to nobody where it does not", async () => {
    const { AccessToken, Username } = await signedIn();
    accountChanged.mockRejectedValueOnce(new Error("Not now"));
    await client.send(new DeleteUserCommand({ AccessToken }));
    await vi.waitFor(() => expect(accountChanged).toHaveBeenCalledTimes(2));
    expect(accountChanged.mock.calls.map(([event]) => event)).toEqual([
      eventOf("DeleteUser", Username),
      eventOf("DeleteUser", Username),
    ]);
  });

  test("an administrator signs a user out of every session", async () => {
    const { address, tokens, AccessToken, Username } = await signedIn();
    const other = await signIn(address);
    const { userPoolId: UserPoolId } = cognito;
    await client.send(new AdminUserGlobalSignOutCommand({ UserPoolId, Username }));
    for (const { RefreshToken } of [tokens, other]) {
      await expect(refresh(RefreshToken)).rejects.toMatchObject({ name: "NotAuthorizedException" });
    }
    await expect(client.send(new GetUserCommand({ AccessToken }))).rejects.toMatchObject({
      name: "NotAuthorizedException",
    });
    await signIn(address);
  });
});
