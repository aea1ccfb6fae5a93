import { createServer, request, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Router, startRouter } from "../src/router.ts";

/** Starts a server that answers with its name and the request. */
async function startUpstream(name: string): Promise<{ url: string; server: Server }> {
  const server = createServer(async (asked, response) => {
    for await (const _ of asked);
    response.end(JSON.stringify({ name, url: asked.url, headers: asked.headers }));
  });
  server.on("upgrade", (_request, socket) => {
    socket.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
    socket.pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

let api: Awaited<ReturnType<typeof startUpstream>>;
let web: Awaited<ReturnType<typeof startUpstream>>;
let router: Router;
beforeAll(async () => {
  [api, web] = [await startUpstream("api"), await startUpstream("web")];
  router = await startRouter({ api: () => api.url, web: () => web.url });
});
afterAll(async () => {
  await router.stop();
  for (const { server } of [api, web]) server.close();
});

async function ask(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(`http://localhost:${router.port}${path}`, { headers });
  return (await response.json()) as { name: string; url: string; headers: Record<string, string> };
}

test.each([
  ["/api/trpc/user.get?batch=1", "api"],
  ["/api/trpc", "api"],
  ["/api/other", "api"],
  ["/api/", "api"],
  ["/apis", "web"],
  ["/", "web"],
])("%s goes to the %s", async (path, name) => {
  expect(await ask(path)).toMatchObject({ name, url: path });
});

test("replaces forwarded headers that a client sets", async () => {
  const { headers } = await ask("/", {
    "x-forwarded-host": "evil.example",
    "x-forwarded-for": "6.6.6.6",
    "x-viewer-address": "6.6.6.6",
  });
  expect(headers).toMatchObject({
    host: `localhost:${router.port}`,
    "x-forwarded-host": `localhost:${router.port}`,
    "x-forwarded-proto": "http",
  });
  expect(headers["x-forwarded-for"]).toMatch(/^(::1|127\.0\.0\.1)$/);
  expect(headers["x-viewer-address"]).toBe(headers["x-forwarded-for"]);
});

test("answers at both loopback addresses", async () => {
  for (const host of ["127.0.0.1", "[::1]"]) {
    expect((await fetch(`http://${host}:${router.port}/`)).status).toBe(200);
  }
});

test("passes websockets on", async () => {
  const echoed = await new Promise<string>((resolve, reject) => {
    const headers = { connection: "Upgrade", upgrade: "websocket" };
    request({ port: router.port, host: "127.0.0.1", path: "/_next/hmr", headers })
      .on("upgrade", (_response, socket) => {
        socket.once("data", (data) => {
          resolve(String(data));
          socket.destroy();
        });
        socket.write("hello");
      })
      .on("error", reject)
      .end();
  });
  expect(echoed).toBe("hello");
});

test("refuses a too long address, as JSON", async () => {
  const response = await fetch(
    `http://localhost:${router.port}/api/trpc/user.get?input=${"x".repeat(20_000)}`,
  );
  expect(response.status).toBe(431);
  expect(await response.json()).toMatchObject({ error: { data: { code: "BAD_REQUEST" } } });
});

test("refuses a body of more than 1 MB for the API, and passes it on to the web app", async () => {
  const send = (path: string, bytes: number) =>
    fetch(`http://localhost:${router.port}${path}`, { method: "POST", body: Buffer.alloc(bytes) });
  const largest = 1024 * 1024;
  expect(await (await send("/api/trpc/user.set", largest)).json()).toMatchObject({ name: "api" });
  const refused = await send("/api/trpc/user.set", largest + 1);
  expect(refused.status).toBe(413);
  expect(await refused.json()).toMatchObject({
    error: { data: { code: "PAYLOAD_TOO_LARGE", requestId: expect.any(String) } },
  });
  expect(await (await send("/", largest + 1)).json()).toMatchObject({ name: "web" });
});

test("answers 503 for a part that is not up, and survives a client that hangs up", async () => {
  const absent = await startRouter({ api: () => undefined, web: () => "http://127.0.0.1:1" });
  try {
    for (const path of ["/api/trpc/x", "/"]) {
      const response = await fetch(`http://localhost:${absent.port}${path}`);
      expect(response.status).toBe(503);
      expect(response.headers.get("retry-after")).toBe("1");
    }
    for (const text of [
      "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
      "nonsense\r\n\r\n",
    ]) {
      const socket = connect(absent.port, "127.0.0.1");
      const closed = new Promise((resolve) => socket.on("close", resolve));
      socket.on("error", () => {}).resume();
      socket.write(text);
      await closed;
    }
    expect((await fetch(`http://localhost:${absent.port}/`)).status).toBe(503);
  } finally {
    await absent.stop();
  }
});

test("takes the next free port if the preferred one is taken, and frees its port when it stops", async () => {
  const second = await startRouter({ api: () => api.url, web: () => web.url }, { port: router.port });
  expect(second.port).toBeGreaterThan(router.port);
  await second.stop();
  const third = await startRouter({ api: () => api.url, web: () => web.url }, { port: second.port });
  expect(third.port).toBe(second.port);
  await third.stop();
});
