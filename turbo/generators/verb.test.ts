/** Generates verbs in a copy of the repository, and runs the checks of `pnpm verify` and the database tests there. */
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { planVerb } from "./verb.ts";

const repository = path.resolve(import.meta.dirname, "../..");
let copy: string;
let changed: string[];

/** Runs a program in the copy and returns its output. If it fails, rejects with the output. */
async function run(program: string, ...args: string[]): Promise<string> {
  const command = program === "git" ? program : path.join(copy, "node_modules", ".bin", program);
  const PATH = `${path.join(copy, "node_modules", ".bin")}:${process.env["PATH"]}`;
  try {
    const { stdout } = await promisify(execFile)(command, args, {
      cwd: copy,
      env: { ...process.env, PATH, NO_COLOR: "1" },
      maxBuffer: 64 * 1024 * 1024,
    });
    return stdout;
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`${program} ${args.join(" ")} fails:\n${stdout}\n${stderr}`, { cause: error });
  }
}

const files = async (...args: string[]) =>
  (await run("git", "ls-files", "-z", ...args)).split("\0").filter(Boolean);

beforeAll(async () => {
  copy = await mkdtemp(path.join(tmpdir(), "kumite-verb-"));
  const { stdout } = await promisify(execFile)(
    "git",
    ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    { cwd: repository, maxBuffer: 64 * 1024 * 1024 },
  );
  // Files whose deletion is not committed yet do not exist.
  const copyFile = (file: string) =>
    cp(path.join(repository, file), path.join(copy, file), { verbatimSymlinks: true }).catch(ignoreMissing);
  await Promise.all(stdout.split("\0").filter(Boolean).map(copyFile));
  // Links to the registry's packages lead out of the copy. Links to the workspace's packages stay inside.
  await symlink(path.join(repository, "node_modules"), path.join(copy, "node_modules"));
  for (const parent of ["apps", "packages"]) {
    for (const name of await readdir(path.join(copy, parent))) {
      const modules = path.join(parent, name, "node_modules");
      await cp(path.join(repository, modules), path.join(copy, modules), {
        recursive: true,
        verbatimSymlinks: true,
      }).catch(ignoreMissing);
    }
  }
  await run("git", "init", "--quiet");
  await run("git", "add", "--all");
  await run("gen", "run", "verb", "--args", "meetings", "confirmMeeting", "meeting.confirm", "mutation");
  await run("gen", "run", "verb", "--args", "calendar", "summarizeCalendar", "calendar.summarize", "query");
  changed = await files("--modified", "--others", "--exclude-standard");
});
afterAll(() => rm(copy, { recursive: true, force: true }));

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}

test("writes the verbs with their tests, and adds them to every list of procedures", () => {
  expect(changed).toEqual(
    expect.arrayContaining([
      "docs/architecture.md",
      "infra/test/rights.database.test.ts",
      "packages/api/src/openapi/words/calendar.ts",
      "packages/api/src/openapi/words/meeting.ts",
      "packages/api/src/router.test.ts",
      "packages/api/src/routers/calendar.ts",
      "packages/api/src/routers/meeting.ts",
      "packages/api/src/types.test.ts",
      "packages/contract-tests/access/rows.ts",
      "packages/core/src/calendar/index.ts",
      "packages/core/src/calendar/schema.ts",
      "packages/core/src/calendar/summarize-calendar.database.test.ts",
      "packages/core/src/calendar/summarize-calendar.ts",
      "packages/core/src/meetings/confirm-meeting.database.test.ts",
      "packages/core/src/meetings/confirm-meeting.ts",
    ]),
  );
});

test("passes the linter, the layers and the checks of documents and lengths", async () => {
  await run("biome", "check", "--error-on-warnings", ...changed.filter((file) => file.endsWith(".ts")));
  await run("depcruise", "--config", ".dependency-cruiser.mjs", "--output-type", "err", "packages");
  await run("knip");
  await run("node", "scripts/check-docs.ts");
  await run("node", "scripts/check-lengths.ts");
  await run("node", "scripts/check-prose.ts");
});

test.each(["core", "api", "functions", "contract-tests"])(
  "has the right types in packages/%s",
  async (name) => {
    await run("tsc", "-p", path.join("packages", name));
  },
);

test("passes its own tests, and the tests of every procedure", async () => {
  const tests = changed.filter((file) => file.endsWith(".test.ts") && !file.includes("infra"));
  const names = "answers the caller|every procedure|the procedures of|confirm|summarize";
  const access = "packages/contract-tests/access/access.database.test.ts";
  await run("vitest", "run", "--project", "unit", "--project", "database", "-t", names, ...tests, access);
});

test("a second verb of the same name is refused", async () => {
  const again = {
    name: "confirmMeeting",
    folder: "meetings",
    procedure: "meeting.confirm",
    kind: "query",
  } as const;
  expect(() => planVerb(copy, again)).toThrow("The procedure meeting.confirm already exists.");
});

describe("invalid answers are refused with a message", () => {
  const verb = { name: "readDiary", folder: "meetings", procedure: "meeting.diary", kind: "query" } as const;
  test.each([
    [{ ...verb, name: "Diary" }, "Write a verb and its object in camel case, such as confirmMeeting."],
    [{ ...verb, procedure: "diary" }, "Write a router and a name, such as meeting.confirm."],
    [
      { ...verb, procedure: "diary.read" },
      "There is no router diary, only availability, calendar, community",
    ],
    [{ ...verb, folder: "agenda" }, "agenda is not a feature folder that can have verbs."],
  ])("%j", (given, words) => {
    expect(() => planVerb(repository, given)).toThrow(words);
  });

  test("a file with unexpected content is refused too", async () => {
    const other = await mkdtemp(path.join(tmpdir(), "kumite-verb-"));
    try {
      await cp(path.join(repository, "packages"), path.join(other, "packages"), {
        recursive: true,
        filter: (source) => !source.includes("node_modules"),
      });
      await mkdir(path.join(other, "docs"));
      for (const file of ["packages/api/src/types.test.ts", "docs/architecture.md"]) {
        await cp(path.join(repository, "README.md"), path.join(other, file));
      }
      expect(() => planVerb(other, verb)).toThrow(
        "packages/api/src/types.test.ts: There is no list of the procedures of meeting. Update turbo/generators/verb.ts.",
      );
    } finally {
      await rm(other, { recursive: true });
    }
  });
});
