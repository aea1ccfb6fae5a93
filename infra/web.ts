import { prefetchKey } from "./api.ts";
import { userPool, userPoolClient } from "./auth.ts";
import { openNextVersion } from "./bundle.ts";
import { apiUrl, router } from "./router.ts";

/** As SST has it behind a router with OAC, but for CORS: pages are for no other origin. */
const signedUrl = { authorization: "iam", cors: false } as const;

/** The Next.js app. It holds no rights: pages ask the API, in the member's name. */
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
    // OpenNext's cache is off (apps/web/open-next.config.ts), and with it goes what SST would grant for it.
    server: { permissions: [], url: signedUrl },
    imageOptimizer: { url: signedUrl },
  },
});
