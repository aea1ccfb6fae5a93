import { execFile } from "node:child_process";
import { access } from "node:fs/promises";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Cognito, startCognito } from "../src/cognito/index.ts";

let cognito: Cognito;
let isStopped = false;
const stop = async () => {
  if (!isStopped) await cognito.stop();
  isStopped = true;
};

beforeAll(async () => {
  cognito = await startCognito({ deliver: async () => {}, postConfirmation: async () => {} });
});
afterAll(stop);

/** Runs a module in a process with the pool's environment, and returns what it passes to `answer`. */
async function run(script: string, environment: Readonly<Record<string, string>> = {}): Promise<unknown> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      "--input-type=module",
      "--eval",
      `const answer = (value) => console.log(JSON.stringify(value));${script}`,
    ],
    { env: { ...cognito.clientEnvironment, ...environment } },
  );
  return JSON.parse(stdout);
}

const byFetch = (url: string) => `
  const response = await fetch("${url}").catch((error) => ({ error: String(error) }));
  answer(response.error ? response : { status: response.status, type: response.headers.get("content-type"), body: await response.json() });`;

const byHttps = (url: string) => `
  import { get } from "node:https";
  get("${url}", async (response) => {
    let body = "";
    for await (const chunk of response) body += chunk;
    answer({ status: response.statusCode, type: response.headers["content-type"], body: JSON.parse(body) });
  }).on("error", ({ code }) => answer(code));`;

test.each([
  ["fetch", byFetch],
  ["node:https", byHttps],
])("serves the pool's keys at AWS's own address, by %s", async (_, by) => {
  const keys = await fetch(`${cognito.endpoint}/${cognito.userPoolId}/.well-known/jwks.json`);
  expect(cognito.issuer).toBe(`https://cognito-idp.us-east-1.amazonaws.com/${cognito.userPoolId}`);
  expect(await run(by(cognito.jwksUri))).toEqual({
    status: 200,
    type: "application/json",
    body: await keys.json(),
  });
});

test("does not use the developer's own proxy", async () => {
  const environment = { http_proxy: "http://127.0.0.1:9", HTTP_PROXY: "http://127.0.0.1:9" };
  expect(await run(byFetch(cognito.jwksUri), environment)).toMatchObject({ status: 200 });
  const direct = `${cognito.endpoint}/${cognito.userPoolId}/.well-known/jwks.json`;
  expect(await run(byFetch(direct), environment)).toMatchObject({ status: 200 });
});

test("answers operations there as well", async () => {
  const answer = await run(`
    const response = await fetch("${new URL(cognito.issuer).origin}/", {
      method: "POST",
      headers: { "x-amz-target": "AWSCognitoIdentityProviderService.GetTokensFromRefreshToken" },
      body: JSON.stringify({ ClientId: "${cognito.clientId}", RefreshToken: "nonsense" }),
    });
    answer({ status: response.status, ...(await response.json()) });`);
  expect(answer).toMatchObject({ status: 400, __type: "NotAuthorizedException" });
});

test("reaches and trusts no other host by https", async () => {
  for (const url of ["https://cognito-idp.eu-west-1.amazonaws.com/", "https://example.com/"]) {
    expect(await run(byHttps(url))).toBe("ERR_PROXY_TUNNEL");
    expect(await run(byFetch(url))).toHaveProperty("error");
  }
  // The certificate is valid for one host only.
  const { HTTPS_PROXY: proxy } = cognito.clientEnvironment;
  const answer = await run(`
    import { request } from "node:http";
    import { connect } from "node:tls";
    const { hostname, port } = new URL("${proxy}");
    request({ hostname, port, method: "CONNECT", path: "cognito-idp.us-east-1.amazonaws.com:443" })
      .on("connect", (_, socket) => {
        connect({ socket, servername: "example.com" }, () => answer("trusted")).on("error", ({ code }) => answer(code));
      })
      .end();`);
  expect(answer).toBe("ERR_TLS_CERT_ALTNAME_INVALID");
});

test("a process without that environment does not trust the certificate", async () => {
  const answer = await run(byHttps(cognito.jwksUri), { NODE_EXTRA_CA_CERTS: "" });
  expect(answer).toMatch(/SELF_SIGNED|UNABLE_TO_VERIFY/);
});

test("leaves nothing behind", async () => {
  const { NODE_EXTRA_CA_CERTS: file = "" } = cognito.clientEnvironment;
  await access(file);
  await stop();
  await expect(access(file)).rejects.toMatchObject({ code: "ENOENT" });
});
