// What the functions find around them: DynamoDB Local, links, a member with a token, and a user pool without users.
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { createServer as createTlsServer } from "node:tls";
import { defaultLimits } from "../../packages/api/src/limits/index.ts";
import { createPool } from "../../packages/bench/src/pool.ts";
import { loopbackCertificate } from "../../packages/local/src/certificate.ts";
import { createTables, linkEnvironment, startDynamo } from "../../packages/local/src/index.ts";

export interface Surroundings {
  /** All that a function's process has in its environment. */
  environment: Record<string, string>;
  /** The same without the pool's keys, so that they are fetched, by https as on AWS. */
  withoutKeys: Record<string, string>;
  /** The same with DynamoDB by https, as on AWS. */
  overTls: Record<string, string>;
  /** An access token of the member "anna", good for the day. */
  token: string;
  stop(): Promise<void>;
}

export async function startSurroundings(): Promise<Surroundings> {
  const dynamo = await startDynamo();
  const { auth: pool, jwks, token } = await createPool();
  const keyServer = await answering(jwks);
  const keys = await forwardTls(new URL(keyServer.url));
  const cognito = await answering('{"Users":[]}');
  const tls = await forwardTls(new URL(dynamo.endpoint));
  const auth = { ...pool, jwksUri: `${keys.url}/jwks.json` };
  const links = {
    App: { name: "kumite", stage: "bench" },
    Auth: { ...auth, jwks },
    CursorKey: { value: "key" },
    OriginKey: { value: "key" },
    Limits: { json: JSON.stringify(defaultLimits) },
    PrefetchKey: { value: "key" },
    ...Object.fromEntries(
      Object.entries(await createTables(dynamo.endpoint)).map(([table, name]) => [table, { name }]),
    ),
  };
  const environment: Record<string, string> = {
    PATH: process.env["PATH"] ?? "",
    NODE_ENV: "production",
    AWS_ENDPOINT_URL_DYNAMODB: dynamo.endpoint,
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: cognito.url,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "bench",
    AWS_SECRET_ACCESS_KEY: "bench",
    ...linkEnvironment(links),
  };
  return {
    environment,
    withoutKeys: {
      ...environment,
      ...linkEnvironment({ Auth: auth }),
      NODE_EXTRA_CA_CERTS: keys.certificateFile,
    },
    overTls: {
      ...environment,
      AWS_ENDPOINT_URL_DYNAMODB: tls.url,
      NODE_EXTRA_CA_CERTS: tls.certificateFile,
    },
    token: await token("anna"),
    stop: async () => {
      for (const { server } of [keyServer, keys, cognito, tls]) server.close();
      for (const { certificateFile } of [keys, tls])
        rmSync(path.dirname(certificateFile), { recursive: true });
      await dynamo.stop();
    },
  };
}

/** Speaks TLS on loopback for a server that does not. */
async function forwardTls({ hostname, port }: URL) {
  const { key, cert } = await loopbackCertificate(undefined);
  const certificateFile = path.join(mkdtempSync(path.join(tmpdir(), "kumite-tls-")), "certificate.pem");
  writeFileSync(certificateFile, cert);
  const server = createTlsServer({ key, cert }, (client) => {
    const upstream = connect(Number(port), hostname);
    client.pipe(upstream).pipe(client);
    // The processes that are measured end without a goodbye.
    client.on("error", () => upstream.destroy());
    upstream.on("error", () => client.destroy());
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, certificateFile };
}

/** A server that has one answer to everything. */
async function answering(body: string): Promise<{ server: Server; url: string }> {
  const server = createServer((_, response) => response.end(body)).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
