import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { AppRouter } from "@kumite/api";
import { createTRPCClient, httpLink } from "@trpc/client";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { startStack } from "../src/index.ts";
import { signIn } from "../src/sign-in.ts";
import { childrenOf } from "./processes.ts";

const script = path.join(import.meta.dirname, "..", "start.mjs");
let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), "kumite-cli-"));
});
afterAll(() => rm(dataDir, { recursive: true }));

interface Run {
  readonly child: ChildProcess;
  readonly ended: Promise<{ code: number | null; stdout: string; stderr: string }>;
}

function run(args: string[], env: Record<string, string> = {}): Run {
  const { npm_lifecycle_event: _, PORT: __, ...inherited } = process.env;
  const child = spawn(process.execPath, [script, ...args], {
    env: { ...inherited, KUMITE_DATA_DIR: dataDir, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (data) => {
    stdout += data;
  });
  child.stderr.on("data", (data) => {
    stderr += data;
  });
  const ended = new Promise<Awaited<Run["ended"]>>((resolve) => {
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
  return { child, ended };
}

describe("reports an error in one sentence", () => {
  test.each([
    ["no command", [], {}, /Usage:/],
    ["an unknown command", ["serve"], {}, /Which command\?[\s\S]*Usage:/],
    ["an unknown option", ["dev", "--fast"], {}, /--fast[\s\S]*Usage:/],
    ["an invalid port", ["dev", "--port", "web"], {}, /web is not a port/],
    ["an invalid port in the environment", ["dev"], { PORT: "70000" }, /70000 is not a port/],
    ["an unwritable data directory", ["dev"], { KUMITE_DATA_DIR: "/dev/null/data" }, /cannot write there/],
  ])("%s", async (_, args, env: Record<string, string>, words) => {
    const { code, stderr } = await run(args, env).ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(words);
    expect(stderr).not.toContain("    at ");
  });
});

test.each(["dev", "preview", "seed", "java"])(
  "%s: without Java and network, one sentence says what to do",
  async (command) => {
    const cacheDir = path.join(dataDir, "cache");
    // Nothing listens on port 1.
    const env = {
      JAVA_HOME: "",
      PATH: dataDir,
      KUMITE_CACHE_DIR: cacheDir,
      KUMITE_ADOPTIUM_URL: "http://127.0.0.1:1",
    };
    const { code, stdout, stderr } = await run([command], env).ended;
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(
      /^\nKumite's embedded database needs Java 17 or newer, which was not found \(java does not run\) and could not be fetched from http:\/\/127\.0\.0\.1:1 \(.+\): install a JDK or JRE, .+, and start again\.\n$/,
    );
    expect(await readdir(cacheDir)).toEqual([]);
  },
);

describe("seed", () => {
  test("loads the demo data into a stopped stack, once a day", async () => {
    const first = await run(["seed"]).ended;
    expect(first).toMatchObject({ code: 0, stderr: "" });
    expect(first.stdout).toMatch(/^Added 42 members, \d{3} availabilities and \d{2,3} meetings\.\n$/);
    const second = await run(["seed"]).ended;
    expect(second).toMatchObject({ code: 0, stdout: "Today's demo data is already loaded.\n" });
    expect(await readdir(dataDir)).not.toContain("lock");
  });

  test("allows one process at a time to use the data", async () => {
    const { child, ended } = run(["seed"]);
    await vi.waitFor(async () => expect(await readdir(dataDir)).toContain("lock"), { timeout: 20_000 });
    const { code, stderr } = await run(["dev"]).ended;
    expect(code).toBe(1);
    expect(stderr).toContain(`already running as process ${child.pid}`);
    expect((await ended).code).toBe(0);
  });

  test("takes over the data of a killed process", async () => {
    await writeFile(path.join(dataDir, "lock"), "999999999");
    expect((await run(["seed"]).ended).code).toBe(0);
  });

  test.each(["SIGINT", "SIGTERM"] as const)("ends on %s and leaves nothing running", async (signal) => {
    const { child, ended } = run(["seed"]);
    await vi.waitFor(async () => expect(await childrenOf(child.pid ?? 0)).not.toHaveLength(0), {
      timeout: 20_000,
    });
    child.kill(signal);
    expect(await ended).toMatchObject({ code: 0, stderr: "" });
    const lines = await readFile(path.join(dataDir, "demo.json"), "utf8");
    expect(JSON.parse(lines)).toHaveProperty("emails");
    expect(await readdir(dataDir)).not.toContain("lock");
  });

  test("fills the pages of the members to sign in as", async () => {
    const stack = await startStack({ dataDir, web: false, demo: true });
    try {
      const { password, emails } = stack.outputs.demo;
      expect(emails).toHaveLength(2);
      for (const email of emails) {
        const accessToken = await signIn(stack.outputs, { email, password, name: "" });
        const headers = { authorization: `Bearer ${accessToken}` };
        const client = createTRPCClient<AppRouter>({
          links: [httpLink({ url: stack.outputs.api, headers })],
        });
        const from = new Date().toISOString();
        const to = new Date(Date.now() + 23 * 24 * 60 * 60 * 1000).toISOString();
        const { availabilities, meetings } = await client.calendar.get.query({ from, to });
        const me = await client.user.get.query({});
        expect(availabilities.length).toBeGreaterThan(0);
        expect(meetings.some(({ owner }) => owner === me.username)).toBe(true);
        expect(meetings.some(({ participant }) => participant === me.username)).toBe(true);
        const found = await client.availability.search.query({ from, to, limit: 50 });
        expect(found.items).toHaveLength(50);
      }
    } finally {
      await stack.stop();
    }
  });
});
