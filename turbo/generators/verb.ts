/**
 * What `turbo gen verb` writes: a working verb of core, its test, its procedure, and an entry in every list of
 * procedures.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

export interface Verb {
  /** The function, e.g. `confirmMeeting`. */
  readonly name: string;
  /** The folder of core that it belongs to, e.g. `meetings`. */
  readonly folder: string;
  /** The name that clients call, e.g. `meeting.confirm`. */
  readonly procedure: string;
  readonly kind: "query" | "mutation";
}

/** Where everything is. When folders move, change only this. */
const places = {
  core: "packages/core/package.json",
  folders: "packages/core/src",
  folder: (folder: string, file: string) => `packages/core/src/${folder}/${file}`,
  routers: "packages/api/src/routers",
  router: (router: string) => `packages/api/src/routers/${router}.ts`,
  contractTest: "packages/api/src/router.test.ts",
  typesTest: "packages/api/src/types.test.ts",
  words: (router: string) => `packages/api/src/openapi/words/${router}.ts`,
  accessRows: "packages/contract-tests/access/rows.ts",
  rightsTest: "infra/test/rights.database.test.ts",
  architecture: "docs/architecture.md",
};

/** The folders of core that can have verbs: other packages may import their verbs and schemas. */
export function findFolders(root: string): string[] {
  const { exports } = JSON.parse(readFileSync(path.join(root, places.core), "utf8"));
  return readdirSync(path.join(root, places.folders)).filter(
    (folder) => `./${folder}` in exports && `./${folder}/schema` in exports,
  );
}

/** The names of the routers, with which procedures start. */
export function findRouters(root: string): string[] {
  return readdirSync(path.join(root, places.routers)).map((file) => path.basename(file, ".ts"));
}

/** What is wrong with the name of a verb; undefined if it is valid. */
export function problemOfName(name: string): string | undefined {
  return /^[a-z]+[A-Z][A-Za-z]*$/.test(name)
    ? undefined
    : "Write a verb and its object in camel case, such as confirmMeeting.";
}

/** What is wrong with the name of a procedure; undefined if it is valid. */
export function problemOfProcedure(root: string, procedure: string): string | undefined {
  const [router = "", name = "", ...rest] = procedure.split(".");
  if (rest.length > 0 || !/^[a-z][A-Za-z]*$/.test(name))
    return "Write a router and a name, such as meeting.confirm.";
  const routers = findRouters(root);
  return routers.includes(router) ? undefined : `There is no router ${router}, only ${routers.join(", ")}.`;
}

/**
 * The files to write, by their path from the root.
 * @throws Error if a name is not valid or already exists, or if a file does not have the expected content
 */
export function planVerb(root: string, verb: Verb): Map<string, string> {
  const [router = "", procedureName = ""] = verb.procedure.split(".");
  const problem = problemOfName(verb.name) ?? problemOfProcedure(root, verb.procedure);
  if (problem !== undefined) throw new Error(problem);
  if (!findFolders(root).includes(verb.folder))
    throw new Error(`${verb.folder} is not a feature folder that can have verbs.`);
  const contract = readFileSync(path.join(root, places.contractTest), "utf8");
  if (contract.includes(`"${verb.procedure}":`))
    throw new Error(`The procedure ${verb.procedure} already exists.`);

  const file = verb.name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const type = `${verb.name[0]?.toUpperCase()}${verb.name.slice(1)}`;
  const names = { ...verb, file, type, router, procedureName };
  const plan = new Map<string, string>();
  const edit = (name: string, change: (text: string) => string) => {
    const text = plan.get(name) ?? readFileSync(path.join(root, name), "utf8");
    try {
      plan.set(name, change(text));
    } catch (error) {
      throw new Error(`${name}: ${(error as Error).message} Update turbo/generators/verb.ts.`);
    }
  };

  plan.set(places.folder(verb.folder, `${file}.ts`), verbText(names));
  plan.set(places.folder(verb.folder, `${file}.database.test.ts`), verbTestText(names));
  edit(places.folder(verb.folder, "schema.ts"), (text) => text + schemaText(names));
  edit(
    places.folder(verb.folder, "index.ts"),
    (text) => `${text}export { ${verb.name} } from "./${file}.ts";\n`,
  );
  edit(places.router(router), (text) => {
    const withVerb = addImport(text, `@kumite/core/${verb.folder}`, [verb.name]);
    const schemas = [`${type}Input`, `${type}Answer`];
    const withSchemas = addImport(withVerb, `@kumite/core/${verb.folder}/schema`, schemas);
    return insertBefore(withSchemas, "router({", "\n});", procedureText(names));
  });
  edit(places.contractTest, (text) =>
    insertBefore(text, "const contract", "\n};", `\n  "${verb.procedure}": "${verb.kind}",`),
  );
  edit(places.typesTest, (text) => addToUnion(text, router, procedureName));
  edit(places.words(router), (text) => insertBefore(text, "  procedures: {", "\n  },\n};", wordsText(names)));
  edit(places.accessRows, (text) => insertBefore(text, "const rows", "\n};", accessText(names)));
  edit(places.rightsTest, (text) =>
    insertBefore(
      text,
      "const api = new Proxy",
      "\n  await api.deleteUser(",
      `\n  await api.${verb.name}(member, {});`,
    ),
  );
  edit(places.architecture, (text) => addTableRow(text, names));
  return plan;
}

interface Names extends Verb {
  /** The verb's file without its ending, e.g. `confirm-meeting`. */
  readonly file: string;
  /** The prefix of its schemas' names, e.g. `ConfirmMeeting`. */
  readonly type: string;
  readonly router: string;
  readonly procedureName: string;
}

const verbText = ({ name, file, type }: Names) => `import type { MemberContext } from "../context/context.ts";
import type { ${type}Answer, ${type}Input } from "./schema.ts";

/**
 * Returns the caller and the time, until you write its own code in ${file}.ts. Then say here what it does and returns.
 * @throws nothing yet: name the refusals here
 */
export async function ${name}(ctx: MemberContext, _input: ${type}Input): Promise<${type}Answer> {
  return { username: ctx.actor.username, at: ctx.now.toISOString() };
}
`;

const verbTestText = ({ name, file }: Names) => `import { expect, test } from "vitest";
import { newMember, now } from "../testing/index.ts";
import { ${name} } from "./${file}.ts";

test("answers the caller, and the time of the context's clock", async () => {
  const member = await newMember();
  expect(await ${name}(member, {})).toEqual({ username: member.actor.username, at: now.toISOString() });
});
`;

const schemaText = ({ type }: Names) => `
export const ${type}Input = z.strictObject({});
export type ${type}Input = z.infer<typeof ${type}Input>;

export const ${type}Answer = z.object({ username: z.string(), at: z.string() });
export type ${type}Answer = z.infer<typeof ${type}Answer>;
`;

const procedureText = ({ name, type, procedureName, kind }: Names) => `
  ${procedureName}: memberProcedure
    .input(${type}Input)
    .output(${type}Answer)
    .${kind}(({ ctx, input }) => ${name}(ctx.member, input)),`;

const wordsText = ({ name, procedureName }: Names) => `
    ${procedureName}: {
      summary: "Answers the caller and the time, until ${name} has its own code.",
      caller: "a member",
      refusals: [],
      example: { input: {}, output: { username: "ben", at: "2026-12-05T18:00:00.000Z" } },
    },`;

const accessText = ({ procedure }: Names) => `
  "${procedure}": {
    input: () => ({}),
    shown: (data, _, caller) => (data.username === caller ? "own" : "WRONG"),
    ...everyone("own"),
  },`;

/** Adds names to an import, or a new import. Biome sorts both. */
function addImport(text: string, module: string, names: readonly string[]): string {
  const existing = new RegExp(`import \\{([^}]*)\\} from "${module}";`);
  if (!existing.test(text)) return `import { ${names.join(", ")} } from "${module}";\n${text}`;
  return text.replace(existing, (_, given: string) => {
    const all = [...given.split(","), ...names].map((name) => name.trim()).filter(Boolean);
    return `import { ${all.join(", ")} } from "${module}";`;
  });
}

/** Inserts a text before the first \`end\` after \`start\`. */
function insertBefore(text: string, start: string, end: string, addition: string): string {
  const from = text.indexOf(start);
  const at = text.indexOf(end, from);
  if (from < 0 || at < 0)
    throw new Error(`There is no ${JSON.stringify(end)} after ${JSON.stringify(start)}.`);
  return text.slice(0, at) + addition + text.slice(at);
}

function addToUnion(text: string, router: string, name: string): string {
  const union = new RegExp(`(keyof RouterOutputs\\["${router}"\\]>\\(\\)\\.toEqualTypeOf<)([^>]*)`);
  if (!union.test(text)) throw new Error(`There is no list of the procedures of ${router}.`);
  return text.replace(union, (_, before: string, members: string) => {
    const all = [...members.split("|").map((member) => member.trim()), JSON.stringify(name)];
    return before + all.filter(Boolean).sort().join(" | ");
  });
}

/** Adds a row to the table of access patterns, after the last one of the same router. */
function addTableRow(text: string, { router, procedure }: Names): string {
  const row = `| \`${procedure}\` | 0 | no requests yet |`;
  const lines = text.split("\n");
  const isOwn = (line: string) => new RegExp(`^\\| \`${router}\\.\\w+\`(?: \\([^)]*\\))? \\|`).test(line);
  let last = lines.findLastIndex(isOwn);
  if (last < 0) throw new Error(`There is no row of ${router} in the table of access patterns.`);
  // Rows that start with an ellipsis belong to the previous one.
  while (lines[last + 1]?.startsWith("| …")) last++;
  return lines.toSpliced(last + 1, 0, row).join("\n");
}
