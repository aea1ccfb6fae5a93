import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { PlopTypes } from "@turbo/gen";
import { findFolders, findRouters, planVerb, problemOfName, problemOfProcedure, type Verb } from "./verb.ts";

/** The generators of `turbo gen`, or `pnpm gen`. Without a terminal: `pnpm gen verb --args meetings confirmMeeting meeting.confirm mutation`. */
export default function generators(plop: PlopTypes.NodePlopAPI): void {
  const root = plop.getDestBasePath();
  plop.setGenerator("verb", {
    description: "A verb of core, with its test, procedure and documentation",
    prompts: [
      {
        type: "list",
        name: "folder",
        message: "To which feature folder does it belong?",
        choices: findFolders(root),
      },
      {
        type: "input",
        name: "name",
        message: "What does it do? (e.g. confirmMeeting)",
        validate: (name: string) => problemOfName(name) ?? true,
      },
      {
        type: "input",
        name: "procedure",
        message: () =>
          `What name do clients call it by? (${findRouters(root).join(", ")}; e.g. meeting.confirm)`,
        validate: (procedure: string) => problemOfProcedure(root, procedure) ?? true,
      },
      {
        type: "list",
        name: "kind",
        message: "Does it change anything?",
        choices: [
          { name: "no: a query", value: "query" },
          { name: "yes: a mutation", value: "mutation" },
        ],
      },
    ],
    actions: [(answers) => writeVerb(root, answers as Verb)],
  });
}

/** Writes the files, formats them with Biome, and returns what is left to do. */
function writeVerb(root: string, verb: Verb): string {
  const plan = planVerb(root, verb);
  for (const [name, text] of plan) {
    const file = path.join(root, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const biome = path.join(root, "node_modules", ".bin", "biome");
  const sources = [...plan.keys()].filter((name) => name.endsWith(".ts"));
  // Formats and sorts imports. No linter, because it would read the whole repository first.
  execFileSync(biome, ["check", "--write", "--linter-enabled=false", ...sources], {
    cwd: root,
    stdio: "pipe",
  });
  return [
    `${verb.procedure} works, and answers the caller and the time. Next:`,
    ...[...plan.keys()].map((name) => `    ${name}`),
    "  Write its input, answer, code and test; say who may call it and what it costs; then run `pnpm verify`.",
  ].join("\n");
}
