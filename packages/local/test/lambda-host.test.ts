import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type LambdaHost, startLambdaHost } from "../src/lambda/host.ts";

const echo = new URL("./fixtures/echo.ts", import.meta.url).href;
let host: LambdaHost;

beforeAll(async () => {
  host = await startLambdaHost({
    functions: { trpc: echo, openapi: echo, echo },
    env: { SOME_LINK: "linked" },
  });
});
afterAll(() => host.stop());

const api = (file: string, init?: RequestInit) => fetch(`${host.url()}/api/trpc/${file}`, init);

describe("the HTTP API", () => {
  test("passes a request to the function as an event", async () => {
    const response = await api("some.thing?a=1&a=2", {
      method: "POST",
      headers: { "content-type": "application/json", cookie: "x=1; y=2", "X-Some": "value" },
      body: '{"ä":1}',
    });
    expect(await response.json()).toMatchObject({
      event: {
        pathParameters: { proxy: "some.thing" },
        queryStringParameters: { a: "1,2" },
        cookies: ["x=1", "y=2"],
        headers: { "x-some": "value" },
        body: '{"ä":1}',
        isBase64Encoded: false,
      },
      context: { functionName: "trpc", awsRequestId: expect.any(String) },
    });
  });

  test("passes each path to the function of its route", async () => {
    for (const [path, functionName] of [
      ["/api/trpc/x", "trpc"],
      ["/api/openapi.json", "openapi"],
      ["/api/other", "trpc"],
    ]) {
      const answer = await (await fetch(`${host.url()}${path}`)).json();
      expect(answer, path).toMatchObject({ context: { functionName } });
    }
  });

  test("passes bytes unchanged", async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    const { event } = (await (await api("x", { method: "POST", body: bytes })).json()) as {
      event: { body: string; isBase64Encoded: boolean };
    };
    expect(event.isBase64Encoded).toBe(true);
    expect(Buffer.from(event.body, "base64")).toEqual(Buffer.from(bytes));
  });

  test("answers with the function's status, headers and cookies", async () => {
    const response = await api("cookies");
    expect(response.status).toBe(201);
    expect(response.headers.get("x-from")).toBe("function");
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    expect(await response.text()).toBe("made");
  });

  test("hides a function's error", async () => {
    const response = await api("error");
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({
      error: { message: "Something went wrong.", data: { code: "INTERNAL_SERVER_ERROR", httpStatus: 500 } },
    });
  });

  test("accepts 6 MB and refuses more", async () => {
    const body = (bytes: number) => ({ method: "POST", body: new Uint8Array(bytes) });
    const limit = 6 * 1024 * 1024;
    const refused = await api("cookies", body(limit + 1));
    expect(refused.status).toBe(413);
    expect(await refused.json()).toMatchObject({ error: { data: { code: "PAYLOAD_TOO_LARGE" } } });
    expect((await api("cookies", body(limit))).status).toBe(201);
  });

  test("refuses an answer of more than 6 MB, as Lambda does", async () => {
    expect((await api("long")).status).toBe(500);
  });

  test("passes paths without a route by the default route", async () => {
    for (const response of [await api(""), await fetch(`${host.url()}/elsewhere`)]) {
      const { event } = (await response.json()) as { event: object };
      expect(event).toMatchObject({ routeKey: "$default" });
      expect(event).not.toHaveProperty("pathParameters");
    }
  });

  test("survives a rejected promise that a function forgot", async () => {
    await api("stray");
    expect((await api("x")).status).toBe(200);
  });
});

describe("the Invoke API", () => {
  const invoke = (name: string, body: string) =>
    fetch(`${host.url()}/2015-03-31/functions/${name}/invocations`, { method: "POST", body });

  test("passes the event on and returns the result", async () => {
    await expect(host.invoke("echo", { some: "event" })).resolves.toMatchObject({ statusCode: 200 });
  });

  test("reports a function's error in a header, as Lambda does", async () => {
    const response = await invoke("echo", '{"fail":"error"}');
    expect(response.status).toBe(200);
    expect(response.headers.get("x-amz-function-error")).toBe("Unhandled");
    expect(await response.json()).toEqual({ errorType: "TypeError", errorMessage: "as asked" });
    await expect(host.invoke("echo", { fail: "error" })).rejects.toThrow("as asked");
  });

  test("refuses an unknown function, and a payload that is not JSON", async () => {
    expect((await invoke("nobody", "{}")).status).toBe(404);
    expect((await invoke("echo", "{")).status).toBe(400);
  });
});

test("functions see their links, and nothing of the developer's environment", async () => {
  vi.stubEnv("SECRET_OF_MINE", "secret");
  const other = await startLambdaHost({ functions: { trpc: echo }, env: { SOME_LINK: "linked" } });
  try {
    const environment = await (await fetch(`${other.url()}/api/trpc/environment`)).json();
    expect(environment).toMatchObject({ SOME_LINK: "linked", TZ: "UTC" });
    expect(environment).not.toHaveProperty("SECRET_OF_MINE");
  } finally {
    vi.unstubAllEnvs();
    await other.stop();
  }
});

test("several instances answer in turn", async () => {
  const trpc = "data:text/javascript,export const handler = () => String(process.pid)";
  const several = await startLambdaHost({ functions: { trpc }, env: {}, instances: 2 });
  try {
    const answer = async () => (await fetch(`${several.url()}/api/trpc/x`)).text();
    const [first, second, third] = [await answer(), await answer(), await answer()];
    expect(second).not.toBe(first);
    expect(third).toBe(first);
  } finally {
    await several.stop();
  }
});

test("reports why functions do not load", async () => {
  const start = startLambdaHost({
    functions: { trpc: "data:text/javascript,throw Error('broken')" },
    env: {},
  });
  await expect(start).rejects.toMatchObject({ output: expect.stringContaining("broken") });
});

test("applies a change, and keeps the last version when a change is broken", async () => {
  const directory = await mkdtemp(path.join(tmpdir(), "kumite-functions-"));
  const file = path.join(directory, "changing.mjs");
  const change = (code: string) => writeFile(file, code);
  await change('export const handler = () => "one";');
  const output = vi.fn<(text: string) => void>();
  const functions = { trpc: pathToFileURL(file).href };
  const changing = await startLambdaHost({ functions, env: {}, watch: [directory], onOutput: output });
  const answer = async () => (await fetch(`${changing.url()}/api/trpc/x`)).text();
  try {
    expect(await answer()).toBe("one");
    await change('export const handler = () => "two";');
    await vi.waitFor(async () => expect(await answer()).toBe("two"), { timeout: 20_000 });
    await change("this is no code");
    await vi.waitFor(
      () => expect(output).toHaveBeenCalledWith(expect.stringContaining("the last version stays")),
      { timeout: 20_000 },
    );
    expect(await answer()).toBe("two");
  } finally {
    await changing.stop();
    await rm(directory, { recursive: true });
  }
});

describe("a process that ends by itself", () => {
  const trpc = `data:text/javascript,export const handler = ({ rawPath }) => {
    if (rawPath.endsWith("/hang")) return new Promise(() => console.log("hangs"));
    return String(process.pid);
  }`;
  const pidOf = async (host: LambdaHost) => Number(await (await fetch(`${host.url()}/api/trpc/x`)).text());
  const isUp = (host: LambdaHost) => vi.waitFor(() => expect(host.pids()).toHaveLength(1), 20_000);

  test("fails its pending calls, and is replaced", async () => {
    const output = vi.fn<(text: string) => void>();
    const host = await startLambdaHost({ functions: { trpc }, env: {}, onOutput: output });
    try {
      const first = await pidOf(host);
      expect(host.pids()).toEqual([first]);
      const caller = fetch(`${host.url()}/api/trpc/hang`);
      await vi.waitFor(() => expect(output).toHaveBeenCalledWith(expect.stringContaining("hangs")), 20_000);
      process.kill(first, "SIGKILL");
      await expect(caller).rejects.toThrow("fetch failed");
      await vi.waitFor(() => expect(host.pids()).not.toContain(first), 20_000);
      await isUp(host);
      expect(host.pids()).toEqual([await pidOf(host)]);
    } finally {
      await host.stop();
    }
  });

  test("is not replaced by one that outlives a stop", async () => {
    const host = await startLambdaHost({ functions: { trpc }, env: {} });
    process.kill(await pidOf(host), "SIGKILL");
    await vi.waitFor(() => expect(host.url()).toBeUndefined(), 20_000);
    await expect(host.invoke("trpc", {})).rejects.toThrow("starting again");
    await host.stop();
    for (const pid of host.pids()) expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  });

  test("is a failure if it cannot be replaced", async () => {
    const directory = await mkdtemp(path.join(tmpdir(), "kumite-functions-"));
    const file = path.join(directory, "changing.mjs");
    await writeFile(file, "export const handler = () => String(process.pid);");
    const host = await startLambdaHost({ functions: { trpc: pathToFileURL(file).href }, env: {} });
    try {
      await writeFile(file, "this is no code");
      process.kill(await pidOf(host), "SIGKILL");
      await expect(host.failed).resolves.toMatchObject({ message: expect.stringContaining("ended") });
    } finally {
      await host.stop();
      await rm(directory, { recursive: true });
    }
  });
});
