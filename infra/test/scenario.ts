import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The stage and settings with which the config is executed. */
export interface Scenario {
  stage: string;
  /** Whether it runs as under `sst dev`. */
  dev?: boolean;
  secrets?: Record<string, string>;
  settings?: Record<string, string>;
}

/** A resource or component, as declared. */
export interface Resource {
  type: string;
  name: string;
  /** The name of the component that it is part of. */
  parent: string;
  inputs: Record<string, unknown>;
  protect: boolean;
  retainOnDelete: boolean;
}

/** A function that SST bundles. */
export interface FunctionBuild {
  functionID: string;
  handler: string;
  runtime: string;
  /** What `Resource` returns in the function. */
  links: Record<string, Record<string, string>>;
  properties: Record<string, unknown>;
}

/** Everything that the config declares for a scenario. */
export interface Declared {
  app?: Record<string, unknown>;
  resources: Resource[];
  builds: FunctionBuild[];
  outputs: Record<string, unknown>;
  /** Why executing it failed. */
  error?: string;
}

/** Executes the config for a scenario; the message of what it throws is in `error`. */
export async function evaluate({ secrets = {}, settings = {}, ...scenario }: Scenario): Promise<Declared> {
  const { PATH, HOME } = process.env;
  const { stdout } = await run(
    process.execPath,
    [path.join(import.meta.dirname, "evaluate.ts"), JSON.stringify(scenario)],
    {
      maxBuffer: 64 * 1024 * 1024,
      env: {
        PATH,
        HOME,
        ...Object.fromEntries(Object.entries(secrets).map(([name, value]) => [`SST_SECRET_${name}`, value])),
        ...settings,
      },
    },
  );
  return JSON.parse(stdout) as Declared;
}
