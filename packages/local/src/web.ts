import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { type ManagedProcess, PartFailure, startProcess, untilItAnswers, whileAlive } from "./processes.ts";
import { repositoryRoot } from "./repository.ts";

export interface Web {
  /** Where Next.js listens, e.g. `http://127.0.0.1:40124`. */
  readonly url: string;
  readonly process: ManagedProcess;
  stop(): Promise<void>;
}

export interface WebOptions {
  /** `dev` compiles each page when it is requested; `start` serves what `pnpm build` has built. */
  readonly mode: "dev" | "start";
  /** The web app's own configuration, see apps/web/src/env.ts. */
  readonly env: Readonly<Record<string, string>>;
  readonly onOutput?: ((text: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Starts the web app and resolves once its first page answers. */
export async function startWeb({ mode, env, onOutput, signal }: WebOptions): Promise<Web> {
  const cwd = path.join(repositoryRoot, "apps", "web");
  if (mode === "start" && !existsSync(path.join(cwd, ".next", "BUILD_ID"))) {
    throw new PartFailure("The web app is not built: run `npx -y pnpm@12 build` first.");
  }
  const { PORT: _, ...inherited } = process.env;
  let tellPort: (port: string) => void;
  const ownPort = new Promise<string>((resolve) => {
    tellPort = resolve;
  });
  const web: ManagedProcess = startProcess({
    name: "The web app",
    command: process.execPath,
    args: [nextCommand(cwd), mode, "--hostname", "127.0.0.1", "--port", "0"],
    cwd,
    env: {
      ...inherited,
      NODE_ENV: mode === "dev" ? "development" : "production",
      NEXT_TELEMETRY_DISABLED: "1",
      ...env,
    },
    // On SIGTERM, `next dev` starts a process that sends telemetry, even when that is turned off, and outlives it.
    stopSignal: mode === "dev" ? "SIGKILL" : "SIGTERM",
    onOutput(text) {
      onOutput?.(text);
      // Next.js takes a free port itself, and prints it.
      const [, port] = /http:\/\/127\.0\.0\.1:(\d+)\b/.exec(web.lastOutput()) ?? [];
      if (port !== undefined) tellPort(port);
    },
    signal,
  });
  try {
    const url = `http://127.0.0.1:${await whileAlive(web, () => ownPort)}`;
    const status = await whileAlive(web, (waiting) => untilItAnswers(url, waiting));
    if (status >= 500) throw new PartFailure(`The web app's first page answers ${status}.`, web.lastOutput());
    return { url, process: web, stop: web.stop };
  } catch (error) {
    await web.stop();
    throw error;
  }
}

function nextCommand(webDirectory: string): string {
  return createRequire(path.join(webDirectory, "package.json")).resolve("next/dist/bin/next");
}
