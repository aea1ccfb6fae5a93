import { expect } from "vitest";
import type { Declared, Resource } from "./scenario.ts";

/** The resources of a class of Pulumi's `aws`, e.g. `sns.Topic`. */
export function ofType(declared: Declared, type: string): Resource[] {
  const [module = "", name = ""] = type.split(".");
  const token = `aws:${module}/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`;
  return declared.resources.filter((resource) => resource.type === token);
}

/** The one resource of a class, with that name where given. */
export function only(declared: Declared, type: string, name?: string): Resource {
  const found = ofType(declared, type).filter((resource) => name === undefined || resource.name === name);
  expect(
    found.map((resource) => resource.name),
    `one ${type} ${name ?? ""}`,
  ).toHaveLength(1);
  return found[0] as Resource;
}

/** An IAM statement, with its ARNs shortened to the name of the resource. */
export interface Statement {
  actions: string[];
  resources: string[];
  condition?: unknown;
}

interface Policy {
  Statement: { Action: string[]; Resource: string[]; Condition?: unknown }[];
}

/** What a function may do. */
export function statementsOf(declared: Declared, functionName: string): Statement[] {
  const role = only(declared, "iam.Role", `${functionName}Role`);
  const policies = role.inputs["inlinePolicies"] as { policy: string }[];
  return policies
    .flatMap(({ policy }) => (JSON.parse(policy) as Policy).Statement)
    .map(({ Action, Resource: resources, Condition }) => ({
      actions: Action,
      resources: resources.map(nameOf),
      ...(Condition !== undefined && { condition: Condition }),
    }));
}

/** `arn:…:table/kumite-ada-UsersTable-abcdefgh/index/x` → `Users/index/x`; of other ARNs, the resource part. */
function nameOf(arn: string): string {
  const table = /:table\/[\w-]+?-(\w+)Table-\w+(.*)$/.exec(arn);
  return table ? `${table[1]}${table[2]}` : arn.split(":").slice(5).join(":");
}
