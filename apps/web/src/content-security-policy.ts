/** The other origins that a page uses, and how it is served. */
export type PolicyOptions = {
  /** Unpredictable, and new for every page. */
  nonce: string;
  /** Cognito's origins. */
  cognito: readonly string[];
  /** Whether the page is served over https: then what it loads must be, too. */
  isSecure: boolean;
  /** Whether this is `next dev`, which evaluates code and adds inline styles. */
  isDevelopment: boolean;
};

/** Returns the policy of a page: what it may load and run. docs/decisions/0012-content-security-policy.md says why. */
export function contentSecurityPolicy({ nonce, cognito, isSecure, isDevelopment }: PolicyOptions): string {
  const directives: Record<string, readonly (string | false)[]> = {
    "default-src": ["'none'"],
    // Next.js chunks load further chunks: scripts that a trusted script loads are trusted, and no others.
    "script-src": [`'nonce-${nonce}'`, "'strict-dynamic'", isDevelopment && "'unsafe-eval'"],
    "style-src": isDevelopment ? ["'self'", "'unsafe-inline'"] : ["'self'", `'nonce-${nonce}'`],
    "font-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "connect-src": ["'self'", ...cognito, isDevelopment && "ws:"],
    "manifest-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
    ...(isSecure && { "upgrade-insecure-requests": [] }),
  };
  return Object.entries(directives)
    .map(([name, sources]) => [name, ...sources.filter(Boolean)].join(" "))
    .join("; ");
}

/** Returns the origins that Amplify calls: the pool's endpoint, and the hosted domain if there is one. */
export function cognitoOrigins(settings: {
  userPoolId: string;
  endpoint: string | undefined;
  hostedDomain: string | undefined;
}): string[] {
  const { userPoolId, endpoint, hostedDomain } = settings;
  // A pool's id begins with its region: `eu-central-1_AbCdEf`.
  const pool = endpoint ?? `https://cognito-idp.${userPoolId.split("_")[0]}.amazonaws.com`;
  return [new URL(pool).origin, ...(hostedDomain ? [`https://${hostedDomain}`] : [])];
}
