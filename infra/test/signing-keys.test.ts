import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { fetchSigningKeys } from "../signing-keys.ts";

const keys = [{ kid: "of the pool", kty: "RSA" }];

let server: Server | undefined;
afterEach(() => server?.close());

/** A user pool that gives these answers in order, and then repeats the last one. */
async function pool(...answers: { status?: number; body: string }[]) {
  let requests = 0;
  server = createServer((_, response) => {
    const { status = 200, body } = answers[Math.min(requests++, answers.length - 1)] ?? { body: "" };
    response.writeHead(status, { connection: "close" }).end(body);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const waits: number[] = [];
  return {
    uri: `http://127.0.0.1:${(server.address() as AddressInfo).port}/.well-known/jwks.json`,
    requests: () => requests,
    waits,
    wait: async (milliseconds: number) => waits.push(milliseconds),
  };
}

test("returns the pool's keys and nothing else of its answer", async () => {
  const { uri, wait, waits } = await pool({ body: JSON.stringify({ keys, other: "thing" }) });
  expect(JSON.parse(await fetchSigningKeys(uri, wait))).toEqual({ keys });
  expect(waits).toEqual([]);
});

test.each([
  ["is not ready yet", { status: 503, body: "" }],
  ["has no keys yet", { body: '{"keys":[]}' }],
  ["answers something else", { body: "<html>" }],
])("retries a pool that %s", async (_, first) => {
  const { uri, wait, waits, requests } = await pool(first, { body: JSON.stringify({ keys }) });
  expect(JSON.parse(await fetchSigningKeys(uri, wait))).toEqual({ keys });
  expect(requests()).toBe(2);
  expect(waits).toEqual([1_000]);
});

test("a pool that never answers stops the deployment with the reason and what to do", async () => {
  const { uri, wait, waits, requests } = await pool({ status: 503, body: "" });
  const failure = await fetchSigningKeys(uri, wait).catch((error: Error) => error.message);
  expect(failure).toContain(uri);
  expect(failure).toContain("HTTP 503");
  expect(failure).toContain("deploy again");
  expect(requests()).toBe(5);
  expect(waits).toEqual([1_000, 2_000, 4_000, 8_000]);
});

test("an unreachable address is reported with the reason", async () => {
  const { uri, wait } = await pool();
  server?.close();
  await expect(fetchSigningKeys(uri, wait)).rejects.toThrow("ECONNREFUSED");
});
