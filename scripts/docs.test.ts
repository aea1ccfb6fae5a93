import { describe, expect, test } from "vitest";
import { checkDocument, type Repository, readDocument } from "./docs.ts";

const repository: Repository = {
  files: [
    "README.md",
    "package.json",
    "docs/guide.md",
    "apps/web/README.md",
    "apps/web/src/lib/time.ts",
    "apps/web/src/app/(member)/windows/[owner]/page.tsx",
    "packages/core/src/meetings/rules.ts",
    "packages/core/src/meetings/schema.ts",
    "scripts/build.ts",
  ],
  scripts: new Map([
    ["", new Set(["dev", "bench:cold"])],
    ["@kumite/web", new Set(["test:browser"])],
  ]),
  binaries: new Set(["vitest", "sst", "turbo"]),
  projects: new Set(["unit"]),
  isIgnored: (name) => name.startsWith(".local/"),
};
const guide = "# The guide\n\n## What `dev` does: it *starts*\n\n## Twice\n\n## Twice\n";

function problemsOf(text: string, file = "README.md"): string[] {
  const read = (name: string) => (name === "docs/guide.md" ? guide : "");
  return checkDocument(file, text, repository, read).map(({ line, message }) => `${line}: ${message}`);
}

describe("links", () => {
  test.each([
    "[a](docs/guide.md)",
    "[a](docs)",
    "[a](docs/guide.md#what-dev-does-it-starts)",
    "[a](docs/guide.md#twice-1)",
    "# Here\n\n[a](#here)",
    "[a](https://example.com/no/such/page) and <https://example.com>",
    "```sh\n[a](nowhere.md)\n```",
  ])("with a target are accepted: %j", (text) => {
    expect(problemsOf(text)).toEqual([]);
  });

  test("in a folder's document are relative to the folder", () => {
    expect(problemsOf("[a](../README.md) [b](guide.md)", "docs/other.md")).toEqual([]);
    expect(problemsOf("[a](README.md)", "docs/other.md")).toEqual([
      "1: links to README.md, and there is no docs/README.md",
    ]);
  });

  test("without a target are reported with their line", () => {
    expect(problemsOf("# A\n\nText\n[a](nowhere.md),\n[b](docs/guide.md#nothing)\n\n![c](#d)")).toEqual([
      "4: links to nowhere.md, and there is no nowhere.md",
      "5: links to docs/guide.md#nothing, and docs/guide.md has no such heading",
      "7: links to #d, and README.md has no such heading",
    ]);
  });

  test("in tables and lists are checked", () => {
    expect(problemsOf("| a | b |\n|---|---|\n| 1 | [a](x.md) |\n\n- one\n- [b](y.md)")).toEqual([
      "3: links to x.md, and there is no x.md",
      "6: links to y.md, and there is no y.md",
    ]);
  });
});

describe("paths", () => {
  test.each([
    "packages/core/src/meetings/rules.ts",
    "packages/core/",
    "packages/core/src/<entity>/rules.ts",
    "packages/core/src/*/schema.ts",
    "packages/core/src/meetings/{rules,schema}.ts",
    "packages/**/rules.ts",
    "meetings/rules.ts",
    "#lib/time.ts",
    "apps/web/src/app/(member)/windows/[owner]/page.tsx",
    // Made at run time, not paths, or in other systems.
    ".local/outputs.json",
    "/api/trpc/*",
    "@kumite/core/*/schema",
    "application/json",
    "<web>/sign-in",
    ".ts",
    "POST /docs/nothing",
  ])("that exist, and texts that are not paths, are accepted: %s", (name) => {
    expect(problemsOf(`See \`${name}\`.`)).toEqual([]);
  });

  test.each([
    "packages/core/src/users/",
    "packages/api",
    "docs/nothing",
    "nothing.test.ts",
    "users/rules.ts",
  ])("that do not exist are reported: %s", (name) => {
    expect(problemsOf(`See\n\`${name}\`.`)).toEqual([`2: there is no ${name}`]);
  });

  test("are also looked up in the document's own folder", () => {
    expect(problemsOf("`src/lib/` `src/nothing/`", "apps/web/README.md")).toEqual([
      "1: there is no src/nothing/",
    ]);
  });

  test("that the page's own commands write are accepted", () => {
    expect(problemsOf("Put this into `trust.json`:\n\n```sh\naws --file trust.json\n```")).toEqual([]);
  });

  test("in a tree are reported by line", () => {
    expect(problemsOf("```\napps/web/    the app\ndocs/  scripts/  both\npackages/none/  gone\n```")).toEqual(
      ["4: there is no packages/none/"],
    );
  });
});

describe("commands", () => {
  test.each([
    "pnpm dev --reset",
    "npx -y pnpm@12 bench:cold",
    "pnpm run dev",
    "pnpm --filter @kumite/web test:browser",
    "pnpm --filter @kumite/web pack",
    "pnpm install --frozen-lockfile",
    "pnpm exec node scripts/build.ts",
    "pnpm vitest run --project unit",
    "pnpm vitest run --project <name>",
    "pnpm <script>",
    "npx sst deploy --stage simple",
    "npx -y something@1 else",
    "node scripts/build.ts --quick",
    "turbo gen verb",
  ])("that exist are accepted: %s", (command) => {
    expect(problemsOf(`\`${command}\`\n\n\`\`\`sh\n${command} && echo done\n\`\`\``)).toEqual([]);
  });

  test.each([
    ["pnpm nothing", "there is no script and no program nothing"],
    ["npx -y pnpm@12 nothing", "there is no script and no program nothing"],
    ["pnpm --filter @kumite/none dev", "there is no package @kumite/none"],
    ["pnpm --filter @kumite/web dev", "there is no script and no program dev"],
    ["pnpm vitest run --project none", "there is no project none"],
    ["npx nothing", "there is no script and no program nothing"],
    ["node scripts/none.ts", "there is no scripts/none.ts"],
    [".ci/run", "there is no .ci/run"],
  ])("that do not exist are reported: %s", (command, problem) => {
    expect(problemsOf(`\`${command}\``)).toEqual([`1: \`${command}\`: ${problem}`]);
    expect(problemsOf(`\n\`\`\`sh\ncd x && ${command}\n\`\`\``)).toEqual([`3: \`${command}\`: ${problem}`]);
  });
});

test("anchors of headings are GitHub's", () => {
  expect([...readDocument(guide).anchors]).toEqual([
    "the-guide",
    "what-dev-does-it-starts",
    "twice",
    "twice-1",
  ]);
});
