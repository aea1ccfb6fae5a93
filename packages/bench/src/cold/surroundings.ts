// What the functions find around them: DynamoDB Local, links, a member with a token, and a user pool without users. All of
// it answers by https, as on AWS.
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createHttpsServer } from "node:https";
import { type AddressInfo, connect, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { createServer as createTlsServer } from "node:tls";
import { linkEnvironment, loopbackCertificate } from "@kumite/local";
import { startEngine } from "../engine.ts";
import { createPool } from "../pool.ts";

interface Surroundings {
  /** All that a function's process has in its environment. */
  environment: Record<string, string>;
  /** The same without the pool's keys, so that they are fetched. */
  withoutKeys: Record<string, string>;
  /** An access token of the member "anna", good for the day. */
  token: string;
  stop(): Promise<void>;
}

export async function startSurroundings(): Promise<Surroundings> {
  const engine = await startEngine();
  const { auth: pool, jwks, token } = await createPool();
  const certificate = await loopbackCertificate(undefined);
  const folder = mkdtempSync(path.join(tmpdir(), "kumite-tls-"));
  const certificateFile = path.join(folder, "certificate.pem");
  writeFileSync(certificateFile, certificate.cert);

  const answering = (body: string) => createHttpsServer(certificate, (_, response) => response.end(body));
  const servers: Server[] = [];
  const listen = async (server: Server): Promise<string> => {
    servers.push(server.listen(0, "127.0.0.1"));
    await once(server, "listening");
    return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const [dynamo, keys, cognito] = await Promise.all([
    listen(
      // Without delay, as AWS answers: Nagle's algorithm would hold what follows the handshake back for 40 ms.
      createTlsServer({ ...certificate, noDelay: true }, (client) => {
        const { hostname, port } = new URL(engine.endpoint);
        const upstream = connect({ port: Number(port), host: hostname, noDelay: true });
        client.pipe(upstream).pipe(client);
        // The processes that are measured end without closing their connections.
        client.on("error", () => upstream.destroy());
        upstream.on("error", () => client.destroy());
      }),
    ),
    listen(answering(jwks)),
    listen(answering('{"Users":[]}')),
  ]);

  const auth = { ...pool, jwksUri: `${keys}/jwks.json` };
  const environment: Record<string, string> = {
    PATH: process.env["PATH"] ?? "",
    NODE_ENV: "production",
    NODE_EXTRA_CA_CERTS: certificateFile,
    ...engine.environment,
    AWS_ENDPOINT_URL_DYNAMODB: dynamo,
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: cognito,
    ...linkEnvironment({ Auth: { ...auth, jwks }, OriginKey: { value: "key" } }),
  };
  return {
    environment,
    withoutKeys: { ...environment, ...linkEnvironment({ Auth: auth }) },
    token: await token("anna"),
    stop: async () => {
      for (const server of servers) server.close();
      rmSync(folder, { recursive: true });
      await engine.stop();
    },
  };
}
