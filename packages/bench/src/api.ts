import { type ChildProcess, execFile, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { linkEnvironment } from "@kumite/core/links";
import type { Engine } from "./engine.ts";
import { createHttpClient } from "./http-client.ts";
import { createPool } from "./pool.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** The deployed `trpc` function in a separate process, behind HTTP. */
export interface Api {
  readonly process: ChildProcess;
  /** Signs in a member and returns their access token. */
  token(username: string): Promise<string>;
  /** Calls a mutation over a kept-alive connection; returns its result or its error in tRPC's shape. */
  mutate(procedure: string, token: string, input: object): Promise<Answer>;
  /** Returns the number of database requests so far, by operation. */
  requests(): Promise<Record<string, number>>;
  stop(): Promise<void>;
}

interface Answer {
  result?: { data: unknown };
  error?: { data: { code: string; reason?: string } };
}

/**
 * Starts the function under the embedded stack's Lambda runtime, without the stack's router and Cognito. It gets the
 * keys of the tokens as when deployed.
 * @param options.quick run the sources, instead of a bundle as deployed
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
      // It writes its log lines, as on Lambda, and they are discarded.
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
