/** The API's entry point for Lambda functions and tests. */
import type { SignIns } from "@kumite/core/accounts";
import type { MemberActor } from "@kumite/core/context";
import { createDatabase, type Database } from "@kumite/core/database";
import { Budget } from "@kumite/core/database/budget";
import { TRPCError } from "@trpc/server";
import { Resource } from "sst/resource";
import {
  type AuthConfig,
  createVerifier,
  findAccessToken,
  type HeaderLookup,
  isForeign,
  type VerifyAccessToken,
} from "./auth.ts";
import type { ApiContext, CallRecord } from "./context.ts";
import { Limiter, type Limits } from "./limits/index.ts";
import { createSignIns } from "./sign-ins.ts";
import { viewerAddress } from "./viewer-address.ts";

export type { ApiContext, CallRecord } from "./context.ts";
export { retryAfterHeader, setRequestId } from "./errors.ts";
export { appRouter } from "./router.ts";

/** Objects that exist as long as the process. */
export interface Services {
  readonly database: Database;
  readonly cursorKey: string;
  readonly auth: AuthConfig;
  readonly verify: VerifyAccessToken;
  readonly signIns: SignIns;
  readonly limits: Limits;
  readonly limiter: Limiter;
  readonly prefetchKey: string;
  /** The origin of pages, if it differs from the API's: under `sst dev`. */
  readonly webOrigin?: string | undefined;
}

/** Creates the services from the deployment's links. */
export function createServices(): Services {
  const auth: AuthConfig = Resource.Auth;
  return {
    database: createDatabase(),
    cursorKey: Resource.CursorKey.value,
    auth,
    verify: createVerifier(auth),
    signIns: createSignIns(Resource.Auth.userPoolId),
    limits: JSON.parse(Resource.Limits.json),
    limiter: new Limiter(),
    prefetchKey: Resource.PrefetchKey.value,
    webOrigin: process.env["WEB_ORIGIN"],
  };
}

/**
 * Creates the context of one HTTP request. All its calls share one clock and one check of the token.
 * @throws TRPCError `FORBIDDEN` if another site sends the session's cookies
 */
export function createContext(
  services: Services,
  request: {
    headers: HeaderLookup;
    /** The IP address of the connection's other end. */
    sourceAddress: string;
    requestId: string;
    record: (call: CallRecord) => void;
  },
): ApiContext {
  const { headers, sourceAddress } = request;
  if (isForeign(headers, services.auth.clientId, services.webOrigin)) {
    throw new TRPCError({ code: "FORBIDDEN", message: "This request comes from another site." });
  }
  let caller: Promise<MemberActor | undefined> | undefined;
  return {
    now: new Date(),
    database: services.database,
    budget: new Budget(),
    cursorKey: services.cursorKey,
    signIns: services.signIns,
    limits: services.limits,
    limiter: services.limiter,
    address: viewerAddress(headers, sourceAddress, services.prefetchKey),
    requestId: request.requestId,
    record: request.record,
    authenticate: () => {
      const token = findAccessToken(headers, services.auth.clientId);
      caller ??= token === undefined ? Promise.resolve(undefined) : services.verify(token);
      return caller;
    },
  };
}
