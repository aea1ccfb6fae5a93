import { prefetchKey } from "./api.ts";
import { userPool, userPoolClient } from "./auth.ts";
import { openNextVersion } from "./bundle.ts";
import { apiUrl, router } from "./router.ts";

/** SST's own setting behind a router with OAC, except that CORS is off: no other origin needs pages. */
const signedUrl = { authorization: "iam", cors: false } as const;

/** The Next.js app. It has no permissions: pages call the API in the member's name. */
export const web = new sst.aws.Nextjs("Web", {
  path: "apps/web",
  openNextVersion,
  router: { instance: router },
  server: { architecture: "arm64", memory: "1024 MB", timeout: "15 seconds" },
  environment: {
    API_URL: apiUrl,
    PREFETCH_KEY: prefetchKey.properties.value,
    COGNITO_USER_POOL_ID: userPool.id,
    COGNITO_CLIENT_ID: userPoolClient.id,
    ...(userPool.domainUrl && { COGNITO_DOMAIN: userPool.domainUrl.apply((url) => new URL(url).host) }),
  },
  dev: { command: "npx next dev --port 3000", url: "http://localhost:3000" },
  transform: {
    // OpenNext's cache is off (apps/web/open-next.config.ts), so the server does not need the permissions that SST
    // grants for it.
    server: { permissions: [], url: signedUrl },
    imageOptimizer: { url: signedUrl },
  },
});
