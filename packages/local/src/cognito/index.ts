import { randomInt } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { Limiter } from "@kumite/api/limits";
import { CognitoError, UnsupportedError, UserLambdaValidationError } from "cognito-local/lib/errors.js";
import { Router } from "cognito-local/lib/server/Router.js";
import type { Services } from "cognito-local/lib/services/index.js";
import type { Messages } from "cognito-local/lib/services/messages.js";
import type { Triggers } from "cognito-local/lib/services/triggers/triggers.js";
import { attributesToRecord, type User } from "cognito-local/lib/services/userPoolService.js";
import type { JWK } from "jose";
import { region } from "../aws.ts";
import { listen, readBody } from "../http.ts";
import type { Mail } from "../mail.ts";
import { awsHost, startAwsHost } from "./aws-host.ts";
import { CodeBook } from "./codes.ts";
import { type Directory, openDirectory } from "./directory.ts";
import { createFederation, type Federation } from "./federation.ts";
import { type CognitoRequest, cognitoOperations, type Perform } from "./operations.ts";
import { silentContext } from "./silent-context.ts";
import { publicKey, TokenIssuer } from "./tokens.ts";
import { startUserEvents } from "./user-events.ts";

export interface Cognito {
  /** Where anybody reaches it, e.g. `http://127.0.0.1:9229`. */
  readonly endpoint: string;
  readonly userPoolId: string;
  readonly clientId: string;
  /** What tokens carry as `iss`: AWS's own address of the pool. Only processes with `clientEnvironment` reach it there. */
  readonly issuer: string;
  readonly jwksUri: string;
  /** The environment in which a Node.js process reaches this pool where it would reach AWS's. */
  readonly clientEnvironment: Readonly<Record<string, string>>;
  /** The private key that signs tokens, for tests that need a token of their own. */
  readonly signingKey: JWK;
  /** Signing in by Google, for the hosted domain. */
  readonly federation: Federation;
  stop(): Promise<void>;
}

export interface CognitoOptions {
  /** Where members are kept; without it, in memory. */
  readonly file?: string | undefined;
  /** The port to prefer; the next free one is taken instead. Without it, any free one. */
  readonly port?: number | undefined;
  /** How long access tokens live; an hour if left out. */
  readonly accessTokenSeconds?: number | undefined;
  /** How many sign-ins, sign-ups and codes it takes from one address in a minute; any number if left out. */
  readonly signInsPerMinute?: number | undefined;
  readonly deliver: (mail: Omit<Mail, "sentAt">) => Promise<void>;
  /** Calls the PostConfirmation function with the event; rejects when it fails. */
  readonly postConfirmation: (event: object) => Promise<unknown>;
  /** Calls the PreSignUp function; without it, the pool has no such trigger. */
  readonly preSignUp?: ((event: object) => Promise<unknown>) | undefined;
  /** Calls the function that follows changes of accounts, with the event that CloudTrail makes of a call on AWS. */
  readonly accountChanged?: ((event: object) => Promise<unknown>) | undefined;
}

const requestLimit = 1024 * 1024;

/**
 * Starts a Cognito user pool whose members sign in by e-mail address: cognito-local, with what it lacks (see
 * operations.ts). Confirmation codes go to `deliver`.
 */
export async function startCognito(options: CognitoOptions): Promise<Cognito> {
  const directory = await openDirectory(options.file);
  const { userPoolId, clientId, signingKey } = directory.file.value;
  const issuer = `https://${awsHost}/${userPoolId}`;
  const jwksUri = `${issuer}/.well-known/jwks.json`;
  const tokens = new TokenIssuer({
    key: signingKey,
    issuer,
    accessTokenSeconds: options.accessTokenSeconds ?? 3600,
    groupsOf: (user) => directory.pool.listUserGroupMembership(silentContext, user),
  });

  const documents: Readonly<Record<string, object>> = {
    [new URL(jwksUri).pathname]: { keys: [publicKey(signingKey)] },
    [`/${userPoolId}/.well-known/openid-configuration`]: {
      issuer,
      jwks_uri: jwksUri,
      id_token_signing_alg_values_supported: ["RS256"],
    },
  };
  const triggers = createTriggers(options);
  const events = startUserEvents(userPoolId, options.accountChanged);
  const perform = createOperations(directory, tokens, triggers, options, events.send);
  const countAnonymous = anonymousCounter(options.signInsPerMinute);
  const federation = createFederation(directory, tokens, triggers);

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    for (const [name, value] of Object.entries(corsHeaders(request))) response.setHeader(name, value);
    const document = documents[request.url ?? ""];
    if (request.method === "OPTIONS") response.writeHead(204).end();
    else if (request.method === "GET" && document) sendDocument(response, document);
    else if (request.method === "POST") await performCall(request, response, perform, countAnonymous);
    else response.writeHead(404).end();
  };
  const serve: RequestListener = (request, response) => void answer(request, response);
  const listener = await listen(serve, { port: options.port });
  const host = await startAwsHost(serve).catch(async (error: unknown) => {
    await listener.stop();
    throw error;
  });
  return {
    endpoint: `http://127.0.0.1:${listener.port}`,
    userPoolId,
    clientId,
    issuer,
    jwksUri,
    clientEnvironment: host.clientEnvironment,
    signingKey,
    federation,
    async stop() {
      events.stop();
      await Promise.all([listener.stop(), host.stop()]);
    },
  };
}

function createOperations(
  directory: Directory,
  tokens: TokenIssuer,
  triggers: Triggers,
  options: CognitoOptions,
  onUserEvent: (eventName: string, user: User) => void,
): Perform {
  const codes = new CodeBook(directory.file);
  const services = {
    clock: { get: () => new Date() },
    cognito: directory.service,
    config: {
      LambdaClient: {},
      TriggerFunctions: {},
      UserPoolDefaults: {},
      ServerConfig: {},
      TokenConfig: {},
    },
    messages: codeMail(codes, options.deliver),
    otp: () => String(randomInt(1_000_000)).padStart(6, "0"),
    tokenGenerator: {
      generate: (_context, user, _groups, client) => tokens.startSession(user, client),
    },
    triggers,
  } as Services;
  const router = Router(services);
  const base: Perform = (operation, request) => router(operation)(silentContext, request);
  const mailVerification = async (to: string, code: string) =>
    await options.deliver({
      to,
      subject: "Your verification code",
      text: `Your verification code is ${code}`,
      code,
    });
  return cognitoOperations({ directory, services, codes, tokens, base, mailVerification, onUserEvent });
}

/** Mails a code and remembers it. */
function codeMail(codes: CodeBook, deliver: CognitoOptions["deliver"]): Messages {
  return {
    async deliver(_context, source, _clientId, _userPoolId, user, code, _metadata, { Destination }) {
      const isReset = source === "ForgotPassword";
      await codes.remember(user.Username, isReset ? "ForgotPassword" : "SignUp", code);
      await deliver({
        to: Destination,
        subject: isReset ? "Your password reset code" : "Your verification code",
        text: `Your ${isReset ? "password reset" : "confirmation"} code is ${code}`,
        code,
      });
    },
  };
}

/** Calls the functions as Cognito does; a failing one fails the call. */
function createTriggers({ postConfirmation, preSignUp }: CognitoOptions): Triggers {
  const triggers: Partial<Triggers> = {
    enabled: (trigger) =>
      trigger === "PostConfirmation" || (trigger === "PreSignUp" && preSignUp !== undefined),
    postConfirmation: async (_context, { clientMetadata, ...cause }) => {
      const request = { ...(clientMetadata && { clientMetadata }) };
      await callTrigger("PostConfirmation", postConfirmation, triggerEvent(cause, request, {}));
    },
    preSignUp: async (_context, { clientMetadata, validationData, ...cause }) => {
      const response = { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false };
      const request = { validationData: validationData ?? {}, ...(clientMetadata && { clientMetadata }) };
      if (preSignUp) await callTrigger("PreSignUp", preSignUp, triggerEvent(cause, request, response));
      return response;
    },
  };
  return triggers as Triggers;
}

interface TriggerCause {
  readonly source: string;
  readonly clientId: string | null;
  readonly userPoolId: string;
  readonly username: string;
  readonly userAttributes: User["Attributes"];
}

function triggerEvent(cause: TriggerCause, request: object, response: object): object {
  const { source, clientId, userPoolId, username, userAttributes } = cause;
  return {
    version: "1",
    region,
    userPoolId,
    userName: username,
    callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId },
    triggerSource: source,
    request: { userAttributes: attributesToRecord(userAttributes), ...request },
    response,
  };
}

async function callTrigger(
  name: string,
  call: CognitoOptions["postConfirmation"],
  event: object,
): Promise<void> {
  await call(event).catch((error: unknown) => {
    const words = error instanceof Error ? error.message : String(error);
    throw new UserLambdaValidationError(`${name} failed with error ${words}.`);
  });
}

/** Counts a request of somebody who holds no token; rejects when it is one too many. */
type CountAnonymous = (request: CognitoRequest, address: string) => Promise<void>;

/** Does what a web ACL in front of the pool does on AWS. */
function anonymousCounter(perMinute: number | undefined): CountAnonymous {
  const limiter = new Limiter();
  return async ({ AccessToken, RefreshToken, Token, AuthParameters, UserPoolId }, address) => {
    // Those that name the pool are signed with AWS credentials.
    if (perMinute === undefined || UserPoolId !== undefined) return;
    if (AccessToken ?? RefreshToken ?? Token ?? AuthParameters?.["REFRESH_TOKEN"]) return;
    const { retryAfterSeconds } = await limiter.count(address, perMinute, new Date());
    if (retryAfterSeconds !== undefined) throw new CognitoError("TooManyRequestsException", "Rate exceeded");
  };
}

/** Speaks AWS's JSON protocol: the operation in a header, the error's name in the body. */
async function performCall(
  request: IncomingMessage,
  response: ServerResponse,
  perform: Perform,
  count: CountAnonymous,
): Promise<void> {
  try {
    const operation =
      String(request.headers["x-amz-target"] ?? "")
        .split(".")
        .at(-1) ?? "";
    const body = await readBody(request, requestLimit);
    if (body === undefined) throw new CognitoError("SerializationException", "The request is too long.");
    const parsed = parseRequest(body);
    await count(parsed, request.socket.remoteAddress ?? "");
    sendJson(response, 200, await perform(operation, parsed));
  } catch (error) {
    if (error instanceof CognitoError) return sendError(response, 400, error.code, error.message);
    if (error instanceof UnsupportedError) {
      return sendError(response, 400, "UnsupportedOperationException", error.message);
    }
    const words = error instanceof Error ? error.message : String(error);
    sendError(response, 500, "InternalErrorException", words);
  }
}

function parseRequest(body: Buffer): CognitoRequest {
  try {
    return JSON.parse(body.toString()) as CognitoRequest;
  } catch {
    throw new CognitoError("SerializationException", "The request is not JSON.");
  }
}

function sendError(response: ServerResponse, status: number, name: string, message: string): void {
  response.setHeader("x-amzn-errortype", name);
  sendJson(response, status, { __type: name, message });
}

function sendDocument(response: ServerResponse, document: object): void {
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(document));
}

function sendJson(response: ServerResponse, status: number, value: object): void {
  // AWS counts time in seconds since the epoch.
  const body = JSON.stringify(value, function (this: Record<string, unknown>, key, field: unknown) {
    const original = this[key];
    return original instanceof Date ? original.getTime() / 1000 : field;
  });
  response.writeHead(status, { "content-type": "application/x-amz-json-1.1" }).end(body);
}

/** Any page may call Cognito, as on AWS. */
function corsHeaders(request: IncomingMessage): Record<string, string> {
  return {
    "access-control-allow-origin": "*",
    "access-control-allow-methods": "GET, POST, OPTIONS",
    "access-control-allow-headers": request.headers["access-control-request-headers"] ?? "*",
    "access-control-expose-headers": "x-amzn-errortype",
    "access-control-max-age": "600",
  };
}
