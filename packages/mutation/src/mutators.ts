/** Mutants that Stryker does not make by itself, and that a scheduling system must not survive. */
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

/** A node of Babel's syntax tree, as far as it is looked at here. */
interface Node {
  readonly type: string;
  readonly value?: unknown;
  readonly argument?: Node;
  readonly name?: string;
}

interface NodePath {
  readonly node: Node;
  readonly parent: Node & { readonly key?: Node };
}

interface Mutator {
  readonly name: string;
  mutate(path: NodePath): Iterable<Node>;
}

/** A condition that is never tested: each of its clauses in turn holds whatever the item is. */
export function weakened(condition: string): string[] {
  const clauses = condition.split(/ AND (?!:)/);
  return clauses.map((_, at) =>
    clauses
      .map((clause, index) => (index === at ? `(${clause} OR attribute_not_exists(noSuchField))` : clause))
      .join(" AND "),
  );
}

const mutators: readonly Mutator[] = [
  {
    name: "DroppedCondition",
    *mutate({ node, parent }) {
      if (node.type !== "StringLiteral" || parent.key?.name !== "ConditionExpression") return;
      for (const value of weakened(String(node.value))) yield { type: "StringLiteral", value };
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

/** Has Stryker make these mutants too. It has no setting for that: its own list is added to. */
export async function addMutators(): Promise<void> {
  const core = createRequire(createRequire(import.meta.url).resolve("@stryker-mutator/core"));
  const instrumenter = path.dirname(core.resolve("@stryker-mutator/instrumenter"));
  const list = pathToFileURL(path.join(instrumenter, "mutators/mutate.js")).href;
  const { allMutators } = (await import(list)) as { allMutators: Mutator[] };
  allMutators.push(...mutators);
}
