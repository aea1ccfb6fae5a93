import { fallback, type RoutedEntryPoint, routes } from "../packages/api/src/routes.ts";
import { auth, userPool } from "./auth.ts";
import { lambda } from "./functions.ts";
import { gateway, originKey, originKeyHeader } from "./router.ts";
import { settings } from "./stage.ts";
import { allow, tables } from "./tables.ts";

/** Signs cursors. Generated once and kept in the stage's state: no one has to set it. */
const cursorKey = new sst.Linkable("CursorKey", {
  properties: { value: new random.RandomBytes("CursorKeyBytes", { length: 32 }).base64 },
});

const limits = new sst.Linkable("Limits", { properties: { json: JSON.stringify(settings.limits) } });

/** Proves to the API that a request comes from the web app's server, which may name the viewer's address. */
export const prefetchKey = new sst.Linkable("PrefetchKey", {
  properties: { value: new random.RandomBytes("PrefetchKeyBytes", { length: 32 }).hex },
});

/** Answers every procedure. It may do on each table what packages/core's repositories do. */
export const trpc = lambda("Trpc", {
  handler: "packages/functions/src/trpc.handler",
  link: [...Object.values(tables), auth, cursorKey, limits, prefetchKey],
  // Under `sst dev` pages come from the developer's machine, so their origin is not the API's host.
  environment: $dev ? { WEB_ORIGIN: "http://localhost:3000" } : {},
  memory: "1024 MB",
  timeout: "15 seconds",
  permissions: [
    allow("Users", ["BatchGetItem", "GetItem", "UpdateItem"]),
    allow("Availabilities", ["BatchGetItem", "DeleteItem", "GetItem", "PutItem", "UpdateItem"]),
    allow("Openings", ["DeleteItem", "PutItem", "Query"]),
    allow("Meetings", ["BatchGetItem", "GetItem", "PutItem", "UpdateItem"]),
    allow("Calendar", ["BatchGetItem", "ConditionCheckItem", "DeleteItem", "PutItem", "Query", "UpdateItem"]),
    allow("Community", ["GetItem", "PutItem"]),
    allow("Counters", ["UpdateItem"]),
    // A member deletes their account, or has changed their e-mail address.
    { actions: ["cognito-idp:AdminDeleteUser", "cognito-idp:AdminGetUser"], resources: [userPool.arn] },
  ],
});

/** Answers the OpenAPI document. It makes it from the code alone, so it needs no permissions. */
export const openapi = lambda("OpenApi", {
  handler: "packages/functions/src/openapi.handler",
  memory: "512 MB",
  timeout: "15 seconds",
  permissions: [],
});

/** Admits requests that come through the router. A request without the router's header does not reach this function. */
export const originAuthorizer = lambda("OriginAuthorizer", {
  handler: "packages/functions/src/origin-authorizer.handler",
  link: [originKey],
  memory: "256 MB",
  timeout: "5 seconds",
  permissions: [],
});

const authorizer = gateway.addAuthorizer({
  name: "origin",
  lambda: {
    function: originAuthorizer.arn,
    identitySources: [`$request.header.${originKeyHeader}`],
    // The header never changes, so the gateway caches the answer for an hour.
    ttl: "1 hour",
  },
});

const entryPoints: Record<RoutedEntryPoint, sst.aws.Function> = { trpc, openapi };

const routeTo = (key: string, entryPoint: RoutedEntryPoint) =>
  gateway.route(key, entryPoints[entryPoint].arn, { auth: { lambda: authorizer.id } });
for (const { path, entryPoint } of routes) routeTo(`ANY ${path}`, entryPoint);
// Without it, the gateway would answer unknown paths with its own 404.
routeTo("$default", fallback);
