import { once } from "node:events";
import { request } from "node:http";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type ConnectProxy, startConnectProxy } from "./connect-proxy.ts";

/** A server that echoes in capitals. */
let server: Server;
let proxy: ConnectProxy;
const callers = new Set<Socket>();

beforeAll(async () => {
  server = createServer((socket) => {
    callers.add(socket);
    socket.on("data", (chunk) => socket.write(chunk.toString().toUpperCase()));
    socket.on("error", () => {});
    socket.on("close", () => callers.delete(socket));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterAll(() => {
  server.close();
});
beforeEach(async () => {
  const { port } = server.address() as AddressInfo;
  proxy = await startConnectProxy(new Map([["pool.example:443", port]]));
});
afterEach(() => proxy.stop());

/** Requests a tunnel, and returns the status and the connection. */
async function ask(target: string): Promise<{ status: number | undefined; socket: Socket }> {
  const { hostname, port } = new URL(proxy.url);
  const asking = request({ hostname, port, method: "CONNECT", path: target, agent: false }).end();
  const [response, socket] = (await once(asking, "connect")) as [{ statusCode?: number }, Socket];
  return { status: response.statusCode, socket };
}

test.each(["pool.example:443", "POOL.example:443"])("opens a tunnel to the port of %s", async (target) => {
  const { status, socket } = await ask(target);
  expect(status).toBe(200);
  socket.write("hello");
  const [heard] = (await once(socket, "data")) as [Buffer];
  expect(heard.toString()).toBe("HELLO");
  socket.destroy();
});

test.each([
  "pool.example:80",
  "pool.example:8443",
  "other.pool.example:443",
  "pool.example.org:443",
  "127.0.0.1:443",
  "169.254.169.254:80",
  "pool.example",
  "",
])("refuses a tunnel to %j", async (target) => {
  const { status, socket } = await ask(target);
  expect(status).toBe(403);
  socket.destroy();
  expect(callers.size).toBe(0);
});

test("refuses a request that is not CONNECT", async () => {
  const { hostname, port } = new URL(proxy.url);
  const asking = request({ hostname, port, path: "http://pool.example:443/", agent: false }).end();
  const [response] = (await once(asking, "response")) as [{ statusCode?: number; resume(): void }];
  response.resume();
  expect(response.statusCode).toBe(403);
});

test("closes a tunnel when either end closes", async () => {
  const [first, second] = [await ask("pool.example:443"), await ask("pool.example:443")];
  for (const { socket } of [first, second]) {
    socket.write("hello");
    await once(socket, "data");
  }
  const [callerOfFirst, callerOfSecond] = [...callers];
  first.socket.destroy();
  if (callerOfFirst && !callerOfFirst.closed) await once(callerOfFirst, "close");
  callerOfSecond?.destroy();
  await once(second.socket, "close");
  expect(callers.size).toBe(0);
});

test("stopping cuts open tunnels and frees the port", async () => {
  const { socket } = await ask("pool.example:443");
  const closed = once(socket, "close");
  await proxy.stop();
  await closed;
  await expect(ask("pool.example:443")).rejects.toMatchObject({ code: "ECONNREFUSED" });
});
