import { randomBytes } from "node:crypto";
import { loopbackCertificate } from "../certificate.ts";
import type { Federation } from "../cognito/federation.ts";
import { type HostedDomain, startHostedDomain } from "./hosted-domain.ts";
import { startProvider } from "./provider.ts";

export interface GoogleSignIn {
  /** Host and port of the hosted domain; browsers reach it by https, with a certificate of its own making. */
  readonly domain: string;
  stop(): Promise<void>;
}

export interface GoogleSignInOptions {
  readonly clientId: string;
  readonly federation: Federation;
  /** The web app's origin. */
  readonly web: string;
  /** Where the certificate is kept, so that a browser need be told only once to trust it; without it, in memory. */
  readonly certificateFile?: string | undefined;
  /** The ports to prefer; the next free ones are taken instead. Without them, any free ones. */
  readonly ports?: { readonly domain: number; readonly provider: number } | undefined;
}

/** Starts what stands between a browser and the user pool for Google sign-in: Cognito's hosted domain, and Google. */
export async function startGoogleSignIn(options: GoogleSignInOptions): Promise<GoogleSignIn> {
  const credentials = { clientId: "kumite", clientSecret: randomBytes(32).toString("base64url") };
  const provider = await startProvider({ port: options.ports?.provider });
  let domain: HostedDomain;
  try {
    domain = await startHostedDomain({
      tls: await loopbackCertificate(options.certificateFile),
      port: options.ports?.domain,
      federation: options.federation,
      clientId: options.clientId,
      // As infra/auth.ts has them.
      callbackUrls: [`${options.web}/sign-in/google`],
      logoutUrls: [`${options.web}/`],
      provider: { issuer: provider.issuer, ...credentials },
    });
  } catch (error) {
    await provider.stop();
    throw error;
  }
  await provider.register({ ...credentials, redirectUri: `${domain.url}/oauth2/idpresponse` });
  return {
    domain: new URL(domain.url).host,
    async stop() {
      await Promise.all([domain.stop(), provider.stop()]);
    },
  };
}
