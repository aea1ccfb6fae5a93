/**
 * Fails if a dependency of the web app, the API or its functions has a known advisory of high or critical severity.
 * Ignores dependencies of the embedded stack and of tests: no one can reach those. An unreachable registry is a
 * warning, not a failure.
 */
import { spawnSync } from "node:child_process";

interface Report {
  advisories?: Record<string, Advisory>;
}

interface Advisory {
  module_name: string;
  severity: string;
  title: string;
  url: string;
  patched_versions: string | null;
  findings: { version: string; paths: string[] }[];
}

const deployed = /^(apps__web|packages__(api|core|functions))>/;

const { stdout, stderr } = spawnSync("pnpm", ["audit", "--prod", "--audit-level", "high", "--json"], {
  encoding: "utf8",
});
const report = parse(stdout);
if (!report?.advisories) {
  console.warn(`WARNING: no dependency was checked, because the registry did not answer.\n${stderr.trim()}`);
  process.exit(0);
}

const found = Object.values(report.advisories).flatMap((advisory) => {
  const paths = advisory.findings.flatMap((finding) => finding.paths).filter((path) => deployed.test(path));
  return paths.length > 0 ? [{ ...advisory, paths }] : [];
});
for (const { module_name, severity, title, url, patched_versions, paths } of found) {
  console.error(`${severity}: ${module_name}: ${title}`);
  console.error(`  ${url}, fixed in ${patched_versions ?? "no version yet"}`);
  for (const path of paths) console.error(`  ${path.replaceAll("__", "/")}`);
}
console.log(`Advisories of high or critical severity in deployed packages: ${found.length}`);
process.exit(found.length === 0 ? 0 : 1);

function parse(text: string): Report | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
