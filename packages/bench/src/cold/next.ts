// The web app with the API inside, like a Next.js backend, packed by OpenNext as SST does.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { openNextVersion } from "../../../../infra/bundle.ts";

const root = path.resolve(import.meta.dirname, "../../../..");
const app = path.join(root, "apps/web");
// As deep as apps/web, so that the links in its node_modules still work.
const copy = path.join(root, "dist/next");
const stampFile = path.join(copy, ".stamp");

/** The route handler: the same router, context, token check and log, with tRPC's adapter for fetch. */
const route = `
  import { appRouter, createContext, createServices } from "@kumite/api/server";
  import { fetchRequestHandler } from "@trpc/server/adapters/fetch";

  let services: ReturnType<typeof createServices> | undefined;

  function handle(req: Request): Promise<Response> {
    services ??= createServices();
    const context = createContext(services, {
      headers: req.headers,
      sourceAddress: "192.0.2.1",
      requestId: "cold",
      record: (call) => process.stdout.write(JSON.stringify(call)),
    });
    return fetchRequestHandler({ endpoint: "/api/trpc", req, router: appRouter, createContext: () => context });
  }

  export { handle as GET, handle as POST };`;

/**
 * Builds the copy unless it exists for these sources. Takes about a minute.
 * @returns the file that Lambda loads
 */
export function buildNext(log: (line: string) => void): string {
  const stamp = hashSources();
  if (readStamp() !== stamp) {
    log("Building the web app with the API inside, once. This takes about a minute.");
    rmSync(copy, { recursive: true, force: true });
    cpSync(app, copy, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (file) => !/\.(next|open-next)$/.test(file),
    });
    const folder = path.join(copy, "src/app/api/trpc/[trpc]");
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, "route.ts"), route);
    const { status } = spawnSync("npx", ["--yes", `@opennextjs/aws@${openNextVersion}`, "build"], {
      cwd: copy,
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" },
    });
    if (status !== 0) throw new Error(`OpenNext could not build ${copy}: see its output above.`);
    writeFileSync(stampFile, stamp);
  }
  return path.join(copy, ".open-next/server-functions/default/index.mjs");
}

function readStamp(): string | undefined {
  try {
    return readFileSync(stampFile, "utf8");
  } catch {
    return undefined;
  }
}

/** Changes with every input of the build. */
function hashSources(): string {
  const hash = createHash("sha256").update(openNextVersion).update(route);
  const sources = [
    "apps/web/*.{ts,mjs,json}",
    "apps/web/src/**/*.{ts,tsx,css,svg}",
    "packages/{api,core}/src/**/*.ts",
    "pnpm-lock.yaml",
  ];
  for (const file of globSync(sources, { cwd: root }).sort()) {
    hash.update(file).update(readFileSync(path.join(root, file)));
  }
  return hash.digest("hex");
}
