/** Where a browser goes besides this site, and how it came here. */
export type PolicyOptions = {
  /** Unguessable, and new for every page. */
  nonce: string;
  /** Origins that Cognito answers at. */
  cognito: readonly string[];
  /** Whether the page is served over https: what it loads then must be, too. */
  isSecure: boolean;
  /** Whether this is `next dev`, which evaluates code and puts its own styles on the page. */
  isDevelopment: boolean;
};

/** What a page may load and run; docs/decisions/0012-content-security-policy.md says why. */
export function contentSecurityPolicy({ nonce, cognito, isSecure, isDevelopment }: PolicyOptions): string {
  const directives: Record<string, readonly (string | false)[]> = {
    "default-src": ["'none'"],
    // Next's chunks load further chunks: what a trusted script loads is trusted, and nothing else is.
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

/** Origins that Amplify asks: the pool's endpoint, and the hosted domain where there is one. */
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
