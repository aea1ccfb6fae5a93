import type { AnyTRPCRouter } from "@trpc/server";
import type * as z from "zod/mini";
import type { LazyOutput } from "../lazy-output.ts";

/** A procedure of a router, with the schemas of its input and output. */
export interface Procedure {
  readonly type: "query" | "mutation";
  readonly inputs: readonly z.ZodMiniType[];
  readonly output?: z.ZodMiniType;
}

/** As tRPC stores it. */
interface Definition extends Omit<Procedure, "output"> {
  readonly output?: z.ZodMiniType | LazyOutput<unknown>;
}

/** Every procedure of a router by its path. Loads lazy routers and lazy output schemas first. */
export async function proceduresOf(router: AnyTRPCRouter): Promise<Record<string, Procedure>> {
  await Promise.all(Object.values(router._def.lazy).map((lazy) => lazy.load()));
  const procedures: Readonly<Record<string, { readonly _def: Definition }>> = router._def.procedures;
  const loaded = Object.entries(procedures).map(async ([path, { _def }]): Promise<[string, Procedure]> => {
    const { type, inputs, output } = _def;
    const schema = typeof output === "function" ? await output.schema() : output;
    return [path, { type, inputs, ...(schema && { output: schema }) }];
  });
  return Object.fromEntries(await Promise.all(loaded));
}
