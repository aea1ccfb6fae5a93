/** A client that uses only the contract and `outputs.json`, and none of our code. */
import { randomUUID } from "node:crypto";
import {
  AdminAddUserToGroupCommand,
  CognitoIdentityProviderClient,
  ConfirmSignUpCommand,
  InitiateAuthCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import type { Outputs } from "@kumite/local";

// biome-ignore lint/suspicious/noExplicitAny: this client accepts any answer
export type Json = any;

export interface Answer {
  status: number;
  /** The data of a successful call. */
  data: Json;
  /** `error.data` of a failed call. */
  error: Json;
}

export type Headers = Record<string, string>;

export class Client {
  readonly outputs: Outputs;
  readonly #headers: Headers;

  constructor(outputs: Outputs, headers: Headers = {}) {
    this.outputs = outputs;
    this.#headers = headers;
  }

  query(procedure: string, input?: unknown): Promise<Answer> {
    const query = input === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify(input))}`;
    return this.#send(`${procedure}${query}`, {});
  }

  mutate(procedure: string, input: unknown): Promise<Answer> {
    return this.#send(procedure, { method: "POST", body: JSON.stringify(input) });
  }

  async #send(path: string, init: RequestInit): Promise<Answer> {
    const headers = { ...this.#headers, ...(init.body ? { "content-type": "application/json" } : {}) };
    const response = await fetch(`${this.outputs.api}/${path}`, { ...init, headers });
    const body = (await response.json()) as Json;
    return { status: response.status, data: body.result?.data, error: body.error?.data };
  }
}

export interface Member extends Client {
  readonly username: string;
  readonly accessToken: string;
  readonly idToken: string;
}

/** Signs a new member up with the code from the mailbox, signs them in, and sets their cohort (null: none yet). */
export async function join(
  outputs: Outputs,
  cohort: string | null = "Green",
  { isAdmin = false } = {},
): Promise<Member> {
  const cognito = new CognitoIdentityProviderClient({
    endpoint: outputs.cognitoEndpoint,
    region: outputs.region,
    credentials: { accessKeyId: "any", secretAccessKey: "any" },
  });
  const Username = `${randomUUID()}@example.com`;
  const Password = `Aa1!${randomUUID()}`;
  const ClientId = outputs.userPoolClientId;
  const UserAttributes = [{ Name: "email", Value: Username }];
  await cognito.send(new SignUpCommand({ ClientId, Username, Password, UserAttributes }));
  const mails = await fetch(`${outputs.mailbox}/?to=${encodeURIComponent(Username)}`);
  const ConfirmationCode = ((await mails.json()) as Json[]).at(-1)?.code;
  await cognito.send(new ConfirmSignUpCommand({ ClientId, Username, ConfirmationCode }));
  if (isAdmin) {
    const { userPoolId: UserPoolId } = outputs;
    await cognito.send(new AdminAddUserToGroupCommand({ UserPoolId, Username, GroupName: "admins" }));
  }
  const { AuthenticationResult } = await cognito.send(
    new InitiateAuthCommand({
      ClientId,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: Username, PASSWORD: Password },
    }),
  );
  cognito.destroy();
  const { AccessToken = "", IdToken = "" } = AuthenticationResult ?? {};
  const client = new Client(outputs, { authorization: `Bearer ${AccessToken}` });
  const profile = { displayName: `Member ${Username.slice(0, 4)}`, ...(cohort !== null && { cohort }) };
  const set = await client.mutate("user.set", profile);
  return Object.assign(client, {
    username: set.data.username as string,
    accessToken: AccessToken,
    idToken: IdToken,
  });
}

const minute = 60_000;

/** The instant that is `minutes` after the next full hour, in the contract's form. */
export function inMinutes(minutes: number): string {
  const hour = Math.ceil(Date.now() / (60 * minute)) * 60 * minute;
  return new Date(hour + minutes * minute).toISOString();
}

/** The input of an availability of one hour, a day ahead, with the given changes. */
export function availability(given: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    startTime: inMinutes(24 * 60),
    endTime: inMinutes(25 * 60),
    types: ["sparring"],
    cohorts: ["Green"],
    ...given,
  };
}
