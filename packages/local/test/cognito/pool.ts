/** An embedded user pool and its users' actions, for the tests of Cognito. */
import {
  type AuthenticationResultType,
  CognitoIdentityProviderClient,
  ConfirmSignUpCommand,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  InitiateAuthCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { decodeJwt } from "jose";
import { afterAll, afterEach, expect, vi } from "vitest";
import { type Cognito, startCognito } from "../../src/cognito/index.ts";
import type { Mail } from "../../src/mail.ts";

export const mails: Omit<Mail, "sentAt">[] = [];
export const postConfirmation = vi.fn<(event: object) => Promise<void>>();
export const accountChanged = vi.fn<(event: object) => Promise<void>>();
export const Password = "Passw0rd!x";
export const minute = 60_000;

/** Starts a pool that stops with the test file. Each test starts with a reset clock and reset functions. */
export async function startTestPool() {
  const cognito = await start();
  const actions = actionsOf(cognito);
  afterAll(async () => {
    actions.client.destroy();
    await cognito.stop();
  });
  afterEach(() => {
    vi.useRealTimers();
    postConfirmation.mockReset();
    accountChanged.mockReset();
  });
  return { cognito, ...actions };
}

export function start(options: { file?: string; signInsPerMinute?: number } = {}): Promise<Cognito> {
  const deliver = async (mail: Omit<Mail, "sentAt">) => void mails.push(mail);
  return startCognito({
    ...options,
    deliver,
    postConfirmation: async (event) => postConfirmation(event),
    accountChanged: async (event) => accountChanged(event),
  });
}

export function connect({ endpoint }: Cognito): CognitoIdentityProviderClient {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  return new CognitoIdentityProviderClient({ endpoint, region: "us-east-1", credentials, maxAttempts: 1 });
}

let lastMember = 0;
export const newAddress = () => `member-${++lastMember}@example.com`;
export const lastCode = (address: string) => mails.findLast(({ to }) => to === address)?.code ?? "no code";
export const wrongVersionOf = (code: string) => (code === "000000" ? "000001" : "000000");

/** Moves the clock only: timers keep running in real time. */
export function travel(milliseconds: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + milliseconds });
}

/** The actions of a pool's users. */
export function actionsOf(cognito: Cognito) {
  const client = connect(cognito);
  const { clientId: ClientId } = cognito;

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
  /** Signs in a new member. */
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
  return {
    client,
    ClientId,
    signUp,
    confirm,
    initiateAuth,
    signIn,
    refresh,
    newMember,
    signedIn,
    attributesOf,
  };
}

/** Matches CloudTrail's event of a call. */
export const eventOf = (eventName: string, sub: string) =>
  expect.objectContaining({
    "detail-type": "AWS API Call via CloudTrail",
    source: "aws.cognito-idp",
    detail: expect.objectContaining({ eventName, additionalEventData: { sub } }),
  });
export const toldOf = (eventName: string, sub: string) =>
  vi.waitFor(() => expect(accountChanged).toHaveBeenCalledWith(eventOf(eventName, sub)));
