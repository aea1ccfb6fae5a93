import { type ChildProcess, execFile, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { linkEnvironment } from "@kumite/core/links";
import type { Engine } from "./engine.ts";
import { createHttpClient } from "./http-client.ts";
import { createPool } from "./pool.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** The deployed `trpc` function in a process of its own, behind HTTP. */
export interface Api {
  readonly process: ChildProcess;
  /** Signs a member in: their access token. */
  token(username: string): Promise<string>;
  /** Calls a mutation, by a connection that stays open; answers its result or its error, as tRPC has them. */
  mutate(procedure: string, token: string, input: object): Promise<Answer>;
  /** Requests to the database so far, by operation. */
  requests(): Promise<Record<string, number>>;
  stop(): Promise<void>;
}

interface Answer {
  result?: { data: unknown };
  error?: { data: { code: string; reason?: string } };
}

/**
 * Starts the function under the embedded stack's Lambda runtime, without the stack's router and Cognito: the keys of the
 * tokens are handed over as they are at a deployment.
 * @param options.quick as it stands in the sources, and not bundled first as it is deployed
 */
export async function startApi(engine: Engine, { quick }: { quick: boolean }): Promise<Api> {
  const sources = `${root}packages/functions/src/trpc.ts`;
  const bundle = `${root}dist/functions/trpc/bundle.mjs`;
  if (!quick) await promisify(execFile)(process.execPath, [`${root}scripts/build-functions.ts`]);
  const { auth, jwks, token } = await createPool();
  const child = fork(
    `${root}packages/local/src/lambda/runtime.ts`,
    [JSON.stringify({ trpc: quick ? sources : bundle })],
    {
      execArgv: ["--import", new URL("./wire-counter.ts", import.meta.url).href],
      env: {
        ...engine.environment,
        TZ: "UTC",
        ...linkEnvironment({ Auth: { ...auth, jwks, jwksUri: `${auth.issuer}/jwks.json` } }),
      },
      // Its log lines are written, as on Lambda, and nobody reads them.
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    },
  );
  const [{ port }] = (await once(child, "message")) as [{ port: number }];
  const client = createHttpClient(port);

  return {
    process: child,
    token,
    mutate: async (procedure, token, input) =>
      JSON.parse(
        await client.post(`/api/trpc/${procedure}`, JSON.stringify(input), {
          authorization: `Bearer ${token}`,
        }),
      ) as Answer,
    async requests() {
      const answer = once(child, "message") as Promise<[{ requests: Record<string, number> }]>;
      child.send("requests");
      return (await answer)[0].requests;
    },
    async stop() {
      await client.close();
      const ended = once(child, "exit");
      child.kill();
      await ended;
    },
  };
}
