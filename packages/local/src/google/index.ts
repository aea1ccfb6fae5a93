import { randomBytes } from "node:crypto";
import { loopbackCertificate } from "../certificate.ts";
import type { Federation } from "../cognito/federation.ts";
import { type HostedDomain, startHostedDomain } from "./hosted-domain.ts";
import { startProvider } from "./provider.ts";

export interface GoogleSignIn {
  /** Host and port of the hosted domain. Browsers reach it by https, with a self-signed certificate. */
  readonly domain: string;
  stop(): Promise<void>;
}

export interface GoogleSignInOptions {
  readonly clientId: string;
  readonly federation: Federation;
  /** The web app's origin. */
  readonly web: string;
  /** The file that keeps the certificate, so that a browser has to trust it only once; in memory if left out. */
  readonly certificateFile?: string | undefined;
  /** The ports to prefer; the next free ones are taken instead. Without them, any free ones. */
  readonly ports?: { readonly domain: number; readonly provider: number } | undefined;
}

/** Starts stand-ins for Cognito's hosted domain and for Google. */
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
      // The same as in infra/auth.ts.
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
