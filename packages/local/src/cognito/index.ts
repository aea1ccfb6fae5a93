import { randomInt } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { Router } from "cognito-local/lib/server/Router.js";
import type { Services } from "cognito-local/lib/services/index.js";
import type { Messages } from "cognito-local/lib/services/messages.js";
import type { Triggers } from "cognito-local/lib/services/triggers/triggers.js";
import type { User } from "cognito-local/lib/services/userPoolService.js";
import type { JWK } from "jose";
import { listen } from "../http.ts";
import type { Mail } from "../mail.ts";
import { awsHost, startAwsHost } from "./aws-host.ts";
import { CodeBook } from "./codes.ts";
import { type Directory, openDirectory } from "./directory.ts";
import { createFederation, type Federation } from "./federation.ts";
import { cognitoOperations, type Perform } from "./operations/index.ts";
import { anonymousCounter, corsHeaders, performCall, sendDocument } from "./protocol.ts";
import { silentContext } from "./silent-context.ts";
import { publicKey, TokenIssuer } from "./tokens.ts";
import { createTriggers, type TriggerFunctions } from "./triggers.ts";
import { startUserEvents } from "./user-events.ts";

export interface Cognito {
  /** The address that any client can use, e.g. `http://127.0.0.1:9229`. */
  readonly endpoint: string;
  readonly userPoolId: string;
  readonly clientId: string;
  /** The tokens' `iss`: AWS's own address of the pool. Only processes with `clientEnvironment` reach the pool there. */
  readonly issuer: string;
  readonly jwksUri: string;
  /** With this environment, a Node.js process reaches this pool at AWS's address. */
  readonly clientEnvironment: Readonly<Record<string, string>>;
  /** The private key that signs tokens, for tests that sign their own. */
  readonly signingKey: JWK;
  /** Signing in by Google, for the hosted domain. */
  readonly federation: Federation;
  stop(): Promise<void>;
}

export interface CognitoOptions extends TriggerFunctions {
  /** The file in which users are stored; in memory if left out. */
  readonly file?: string | undefined;
  /** The port to prefer; the next free one is taken instead. Without it, any free one. */
  readonly port?: number | undefined;
  /** How long access tokens live; an hour if left out. */
  readonly accessTokenSeconds?: number | undefined;
  /** How many sign-ins, sign-ups and codes one address may request per minute; unlimited if left out. */
  readonly signInsPerMinute?: number | undefined;
  readonly deliver: (mail: Omit<Mail, "sentAt">) => Promise<void>;
  /** Calls the function that follows account changes, with the event that CloudTrail sends on AWS. */
  readonly accountChanged?: ((event: object) => Promise<unknown>) | undefined;
}

/**
 * Starts a Cognito user pool whose users sign in by e-mail address: cognito-local plus what it lacks (see operations/).
 * Confirmation codes go to `deliver`.
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
