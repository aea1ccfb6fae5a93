/** Mutants that Stryker does not make by itself. A scheduling system's tests must catch them. */
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

/** A node of Babel's syntax tree: the fields that are used here. */
interface Node {
  readonly type: string;
  readonly value?: unknown;
  readonly argument?: Node;
  readonly name?: string;
  /** A template's texts, with its expressions between them. */
  readonly quasis?: readonly Node[];
  readonly expressions?: readonly Node[];
}

interface NodePath {
  readonly node: Node;
  readonly parent: Node & { readonly key?: Node };
}

interface Mutator {
  readonly name: string;
  mutate(path: NodePath): Iterable<Node>;
}

/** Returns variants of a condition, in each of which another clause is always true. */
export function weakened(condition: string): string[] {
  const clauses = condition.split(/ AND (?!:)/);
  return clauses.map((_, at) =>
    clauses
      .map((clause, index) => (index === at ? `(${clause} OR attribute_not_exists(noSuchField))` : clause))
      .join(" AND "),
  );
}

/** Marks an expression of a template in its text. */
const placeholder = "\0";

/** The same for a condition in a template: each expression stays in its clause. */
export function* weakenedTemplates({ quasis = [], expressions = [] }: Node): Iterable<Node> {
  const text = quasis.map(({ value }) => (value as { raw: string }).raw).join(placeholder);
  for (const condition of weakened(text)) {
    const texts = condition
      .split(placeholder)
      .map((raw): Node => ({ type: "TemplateElement", value: { raw, cooked: raw } }));
    yield { type: "TemplateLiteral", quasis: texts, expressions: structuredClone(expressions) };
  }
}

const mutators: readonly Mutator[] = [
  {
    name: "DroppedCondition",
    *mutate({ node, parent }) {
      if (parent.key?.name !== "ConditionExpression") return;
      if (node.type === "StringLiteral") {
        for (const value of weakened(String(node.value))) yield { type: "StringLiteral", value };
      }
      if (node.type === "TemplateLiteral") yield* weakenedTemplates(node);
    },
  },
  {
    name: "OffByOne",
    *mutate({ node }) {
      if (node.type === "NumericLiteral") yield { type: "NumericLiteral", value: Number(node.value) + 1 };
    },
  },
  {
    name: "DroppedAwait",
    *mutate({ node }) {
      if (node.type === "AwaitExpression" && node.argument) yield structuredClone(node.argument);
    },
  },
];

/** Makes Stryker create these mutants too. It has no setting for that, so this adds to its own list. */
export async function addMutators(): Promise<void> {
  const core = createRequire(createRequire(import.meta.url).resolve("@stryker-mutator/core"));
  const instrumenter = path.dirname(core.resolve("@stryker-mutator/instrumenter"));
  const list = pathToFileURL(path.join(instrumenter, "mutators/mutate.js")).href;
  const { allMutators } = (await import(list)) as { allMutators: Mutator[] };
  allMutators.push(...mutators);
}
