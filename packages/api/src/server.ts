/** The API's face for the Lambda entry points and for tests. */
import { createDatabase, type Database } from "@kumite/core/database";
import { Resource } from "sst";
import {
  type AuthConfig,
  createVerifier,
  findAccessToken,
  type HeaderLookup,
  type VerifyAccessToken,
} from "./auth.ts";
import type { ApiContext, CallRecord } from "./context.ts";

export type { ApiContext, CallRecord } from "./context.ts";
export { appRouter } from "./router.ts";

/** What lives as long as the process. */
export interface Services {
  readonly database: Database;
  readonly cursorKey: string;
  readonly auth: AuthConfig;
  readonly verify: VerifyAccessToken;
}

/** The services that the deployment links to this process. */
export function createServices(): Services {
  const auth: AuthConfig = Resource.Auth;
  return {
    database: createDatabase(),
    cursorKey: Resource.CursorKey.value,
    auth,
    verify: createVerifier(auth),
  };
}

/** The context of one HTTP request, whose calls share one clock and one check of the token. */
export function createContext(
  services: Services,
  request: { headers: HeaderLookup; requestId: string; record: (call: CallRecord) => void },
): ApiContext {
  let username: Promise<string | undefined> | undefined;
  return {
    now: new Date(),
    database: services.database,
    cursorKey: services.cursorKey,
    requestId: request.requestId,
    record: request.record,
    authenticate: () => {
      const token = findAccessToken(request.headers, services.auth.clientId);
      username ??= token === undefined ? Promise.resolve(undefined) : services.verify(token);
      return username;
    },
  };
}
