import { mkdtemp, rm, writeFile } from "node:fs/promises";
import type { RequestListener } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { region } from "../aws.ts";
import { hostCertificate } from "../certificate.ts";
import { startConnectProxy } from "../connect-proxy.ts";
import { listen } from "../http.ts";

/** The host at which AWS serves the region's user pools. Tokens name it as issuer. */
export const awsHost = `cognito-idp.${region}.amazonaws.com`;

export interface AwsHost {
  /** With this environment, a Node.js process reaches this server under AWS's name, and no other host by https. */
  readonly clientEnvironment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/**
 * Serves the embedded Cognito under AWS's own host name, by https on loopback. Each start makes a new certificate,
 * which only processes with `clientEnvironment` trust. They connect through a proxy, so the machine's name resolution
 * does not change.
 */
export async function startAwsHost(answer: RequestListener): Promise<AwsHost> {
  const tls = await hostCertificate(awsHost);
  const directory = await mkdtemp(path.join(tmpdir(), "kumite-cognito-"));
  const certificateFile = path.join(directory, "certificate.pem");
  await writeFile(certificateFile, tls.cert);
  const listener = await listen(answer, { tls });
  const proxy = await startConnectProxy(new Map([[`${awsHost}:443`, listener.port]]));
  const loopback = "localhost,127.0.0.1,::1";
  return {
    clientEnvironment: {
      NODE_USE_ENV_PROXY: "1",
      NODE_EXTRA_CA_CERTS: certificateFile,
      // Node.js prefers the lower-case names, and the developer may have set those.
      HTTPS_PROXY: proxy.url,
      https_proxy: proxy.url,
      NO_PROXY: loopback,
      no_proxy: loopback,
    },
    async stop() {
      await Promise.all([proxy.stop(), listener.stop()]);
      await rm(directory, { recursive: true, force: true });
    },
  };
}
