import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { PartFailure } from "./processes.ts";
import { repositoryRoot } from "./repository.ts";

const oldestJava = 17;
const cacheDirectory = path.resolve(
  repositoryRoot,
  process.env["KUMITE_CACHE_DIR"] || path.join(".cache", "java"),
);
const adoptium = process.env["KUMITE_ADOPTIUM_URL"] || "https://api.adoptium.net";

export interface JavaOptions {
  /** The directory of the fetched JRE: `.cache/java`, or what `KUMITE_CACHE_DIR` names. */
  readonly cacheDir?: string | undefined;
  /** Adoptium's API: `https://api.adoptium.net`, or the mirror that `KUMITE_ADOPTIUM_URL` names. */
  readonly api?: string | undefined;
  /** Called with a sentence when a JRE is fetched; writes to stderr if left out. */
  readonly onFetch?: ((sentence: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Finds a Java that can run DynamoDB Local: `JAVA_HOME`'s, the one on the `PATH`, or the project's own JRE, which is
 * fetched if missing, once for all processes.
 *
 * @returns the command that starts it
 * @throws PartFailure that says what to do if none is found and none can be fetched
 */
export async function findJava(options: JavaOptions = {}): Promise<string> {
  const { cacheDir = cacheDirectory, api = adoptium, signal } = options;
  const { JAVA_HOME } = process.env;
  const commands = [...(JAVA_HOME ? [path.join(JAVA_HOME, "bin", "java")] : []), "java"];
  const problems: string[] = [];
  for (const command of commands) {
    const problem = await findProblem(command);
    if (problem === undefined) return command;
    problems.push(problem);
  }

  // Loaded only when needed: most machines have a Java.
  const { ensureJre } = await import("./jre.ts");
  try {
    return await ensureJre({
      cacheDir,
      api,
      signal,
      isUsable: async (command) => (await findProblem(command)) === undefined,
      onFetch(name) {
        const tell = options.onFetch ?? ((sentence) => process.stderr.write(`${sentence}\n`));
        tell(
          `Java ${oldestJava} or newer was not found, so ${name} is fetched from ${api} into ${cacheDir}, once.`,
        );
      },
    });
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw new PartFailure(
      `Kumite's embedded database needs Java ${oldestJava} or newer, which was not found (${problems.join("; ")}) ` +
        `and could not be fetched from ${api} (${explain(error)}): install a JDK or JRE, for example by ` +
        "`apt install default-jre-headless`, `brew install openjdk` or from https://adoptium.net, and start again.",
    );
  }
}

/** Returns why a command is not a Java that is new enough; undefined if it is one. */
async function findProblem(command: string): Promise<string | undefined> {
  let report: string;
  try {
    const { stdout, stderr } = await promisify(execFile)(command, ["-version"]);
    report = stderr + stdout;
  } catch {
    return `${command} does not run`;
  }
  const [, version = "unknown"] = /version "([^"]+)"/.exec(report) ?? [];
  // Versions before 9 are numbered 1.x.
  const major = Number.parseInt(version.replace(/^1\./, ""), 10);
  return major >= oldestJava ? undefined : `${command} is ${version}`;
}

/** Returns the reason of an error, which `fetch` puts into the cause. */
function explain(error: unknown): string {
  const { message, cause } = error as Error;
  if (!(cause instanceof Error)) return message;
  return `${message}: ${cause.message || (cause as NodeJS.ErrnoException).code}`;
}
