/** If no Java is found, one is fetched: here from a stand-in for Adoptium on loopback, with a stand-in for a JRE. */
import { execFile, fork } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { create } from "tar";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { findJava } from "../src/java.ts";

let directory: string;
let cacheDir: string;
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "kumite-java-"));
  cacheDir = path.join(directory, "cache");
  // A machine without Java.
  vi.stubEnv("JAVA_HOME", undefined);
  vi.stubEnv("PATH", directory);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(directory, { recursive: true });
});

/** Writes a command that reports this version of Java. */
async function writeJava(file: string, version: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `#!/bin/sh\necho 'openjdk version "${version}" 2026-01-20' >&2\n`);
  await chmod(file, 0o755);
}

/** Packs a JRE as Adoptium does: in one directory, which on macOS has an inner one. */
async function packJre({ version = "21.0.9", bin = "bin" } = {}): Promise<Buffer> {
  const source = await mkdtemp(path.join(directory, "jre-"));
  await writeJava(path.join(source, "jdk-21-jre", bin, "java"), version);
  const file = path.join(source, "jre.tar.gz");
  await create({ gzip: true, file, cwd: source }, ["jdk-21-jre"]);
  return readFile(file);
}

interface Adoptium {
  readonly api: string;
  /** The requested paths, in order. */
  readonly asked: string[];
}

interface AdoptiumOptions {
  readonly checksum?: string;
  /** Answers instead of Adoptium's API. */
  readonly answer?: (response: ServerResponse) => void;
  /** Sends the archive instead of the default. */
  readonly send?: (response: ServerResponse) => void;
}

async function startAdoptium(archive: Buffer, options: AdoptiumOptions = {}): Promise<Adoptium> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", api);
    asked.push(pathname);
    if (pathname === "/jre.tar.gz") return options.send ? options.send(response) : response.end(archive);
    if (options.answer) return options.answer(response);
    expect(Object.fromEntries(searchParams)).toMatchObject({ image_type: "jre", vendor: "eclipse" });
    const checksum = options.checksum ?? createHash("sha256").update(archive).digest("hex");
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify([{ binary: { package: { link: `${api}/jre.tar.gz`, checksum } } }]));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { api, asked };
}

const metadata = "/v3/assets/latest/21/hotspot";

describe("an installed Java", () => {
  test("is used first: JAVA_HOME's, then the one on the PATH", async () => {
    await writeJava(path.join(directory, "home", "bin", "java"), "17.0.1");
    await writeJava(path.join(directory, "java"), "25");
    vi.stubEnv("JAVA_HOME", path.join(directory, "home"));
    expect(await findJava({ cacheDir, api: "http://127.0.0.1:1" })).toBe(
      path.join(directory, "home", "bin", "java"),
    );
    await writeJava(path.join(directory, "home", "bin", "java"), "11.0.2");
    expect(await findJava({ cacheDir, api: "http://127.0.0.1:1" })).toBe("java");
  });

  test.each(["1.8.0_392", "16.0.2"])("is not used if it is too old: %s", async (version) => {
    await writeJava(path.join(directory, "java"), version);
    await expect(findJava({ cacheDir, api: "http://127.0.0.1:1" })).rejects.toThrow(
      `needs Java 17 or newer, which was not found (java is ${version})`,
    );
  });
});

describe("a machine without Java", () => {
  test.each(["bin", "Contents/Home/bin"])("fetches a JRE once, and reports it: %s", async (bin) => {
    const { api, asked } = await startAdoptium(await packJre({ bin }));
    const said: string[] = [];
    const onFetch = (sentence: string) => said.push(sentence);
    const java = await findJava({ cacheDir, api, onFetch });
    const { stderr } = await promisify(execFile)(java, ["-version"]);
    expect(stderr).toContain("21.0.9");
    expect(said).toEqual([
      `Java 17 or newer was not found, so Eclipse Temurin 21 (a JRE, some 50 MB) is fetched from ${api} into ${cacheDir}, once.`,
    ]);
    expect(await findJava({ cacheDir, api, onFetch })).toBe(java);
    expect(asked).toEqual([metadata, "/jre.tar.gz"]);
    expect(said).toHaveLength(1);
    expect(await readdir(cacheDir)).toEqual(["jre-21"]);
  });

  test("fetches one JRE for processes that start at the same moment", async () => {
    const archive = await packJre();
    const { api, asked } = await startAdoptium(archive);
    const env = { ...process.env, KUMITE_CACHE_DIR: cacheDir, KUMITE_ADOPTIUM_URL: api };
    const fixture = path.join(import.meta.dirname, "fixtures", "find-java.ts");
    const children = Array.from({ length: 4 }, () => fork(fixture, { env, execArgv: [], silent: true }));
    const found = await Promise.all(children.map(async (child) => (await once(child, "message"))[0]));
    expect(new Set(found)).toEqual(new Set([path.join(cacheDir, "jre-21", "bin", "java")]));
    expect(asked).toEqual([metadata, "/jre.tar.gz"]);
  });

  test("replaces a cached JRE that does not run, and removes what a killed process left", async () => {
    await mkdir(path.join(cacheDir, "partial-abc", "jre"), { recursive: true });
    await writeJava(path.join(cacheDir, "jre-21", "bin", "java"), "broken");
    const { api } = await startAdoptium(await packJre());
    const java = await findJava({ cacheDir, api, onFetch: () => {} });
    expect((await promisify(execFile)(java)).stderr).toContain("21.0.9");
    expect(await readdir(cacheDir)).toEqual(["jre-21"]);
  });

  const sendJson = (json: unknown) => (response: ServerResponse) => response.end(JSON.stringify(json));
  test.each<[string, AdoptiumOptions, RegExp]>([
    [
      "with a wrong checksum",
      { checksum: "0".repeat(64) },
      /has the SHA-256 [0-9a-f]{64}, but should have 0{64}/,
    ],
    ["that is incomplete", { send: (response) => response.writeHead(200).end(Buffer.alloc(99)) }, /SHA-256/],
    [
      "whose connection breaks",
      {
        send: (response) =>
          response.writeHead(200, { "content-length": 999 }).write("half", () => response.destroy()),
      },
      /terminated/,
    ],
    ["that is missing", { send: (response) => response.writeHead(404).end() }, /jre\.tar\.gz answers 404/],
    ["that is not in the API's answer", { answer: sendJson([]) }, /names no JRE/],
    ["when the API fails", { answer: (response) => response.writeHead(503).end() }, /answers 503/],
  ])("does not keep a JRE %s", async (_, options, reason) => {
    const { api } = await startAdoptium(await packJre(), options);
    await expect(findJava({ cacheDir, api, onFetch: () => {} })).rejects.toThrow(reason);
    expect(await readdir(cacheDir)).toEqual([]);
  });

  test("does not keep a JRE that does not run here", async () => {
    const { api } = await startAdoptium(await packJre({ version: "11.0.1" }));
    await expect(findJava({ cacheDir, api, onFetch: () => {} })).rejects.toThrow(/does not run here/);
    expect(await readdir(cacheDir)).toEqual([]);
  });

  test("stops fetching when it is interrupted", async () => {
    const interrupt = new AbortController();
    const { api } = await startAdoptium(await packJre(), {
      // Begins, and never ends.
      send: (response) => response.writeHead(200).write("half", () => interrupt.abort(new Error("Ctrl-C"))),
    });
    const finding = findJava({ cacheDir, api, onFetch: () => {}, signal: interrupt.signal });
    await expect(finding).rejects.toThrow("Ctrl-C");
    expect(await readdir(cacheDir)).toEqual([]);
  });
});
