/**
 * Fails where a dependency of what is deployed (the web app, the API and its functions) has a known advisory of high or
 * critical severity. What the embedded stack and the tests alone use does not run where anybody could reach it. A
 * registry that cannot be asked is no failure, but is said.
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
  console.warn(
    `WARNING: no dependency was checked, the registry could not be asked for advisories.\n${stderr.trim()}`,
  );
  process.exit(0);
}

const found = Object.values(report.advisories).flatMap((advisory) => {
  const paths = advisory.findings.flatMap((finding) => finding.paths).filter((path) => deployed.test(path));
  return paths.length > 0 ? [{ ...advisory, paths }] : [];
});
for (const { module_name, severity, title, url, patched_versions, paths } of found) {
  console.error(`${severity}: ${module_name}: ${title}`);
  console.error(`  ${url}, mended in ${patched_versions ?? "no version yet"}`);
  for (const path of paths) console.error(`  ${path.replaceAll("__", "/")}`);
}
console.log(`Advisories of high or critical severity in what is deployed: ${found.length}`);
process.exit(found.length === 0 ? 0 : 1);

function parse(text: string): Report | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
