import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { PartFailure } from "./processes.ts";

const oldestJava = 17;
const howToGetIt =
  "Install a JDK or JRE, for example `apt install default-jre-headless`, `brew install openjdk` or https://adoptium.net, and start again.";

/**
 * Finds a Java that can run DynamoDB Local: `JAVA_HOME`'s, or the one on the `PATH`.
 *
 * @throws PartFailure with what to do when there is none or it is too old.
 */
export async function findJava(): Promise<string> {
  const { JAVA_HOME } = process.env;
  const command = JAVA_HOME ? path.join(JAVA_HOME, "bin", "java") : "java";
  let report: string;
  try {
    const { stdout, stderr } = await promisify(execFile)(command, ["-version"]);
    report = stderr + stdout;
  } catch {
    throw new PartFailure(
      `Kumite's embedded database needs Java ${oldestJava} or newer, and ${command} does not run. ${howToGetIt}`,
    );
  }
  const [, version = "unknown"] = /version "([^"]+)"/.exec(report) ?? [];
  // Versions before 9 call themselves 1.x.
  const major = Number.parseInt(version.replace(/^1\./, ""), 10);
  if (!(major >= oldestJava)) {
    throw new PartFailure(
      `Kumite's embedded database needs Java ${oldestJava} or newer; ${command} is ${version}. ${howToGetIt}`,
    );
  }
  return command;
}
