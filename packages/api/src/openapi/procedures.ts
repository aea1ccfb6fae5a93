import type { AnyTRPCRouter } from "@trpc/server";
import type * as z from "zod/mini";

/** A procedure of a router, with the schemas of its input and output. */
export interface Procedure {
  readonly type: "query" | "mutation";
  readonly inputs: readonly z.ZodMiniType[];
  readonly output?: z.ZodMiniType;
}

/** Every procedure of a router by its path. Loads lazy routers first. */
export async function proceduresOf(router: AnyTRPCRouter): Promise<Record<string, Procedure>> {
  await Promise.all(Object.values(router._def.lazy).map((lazy) => lazy.load()));
  const procedures: Readonly<Record<string, { readonly _def: Procedure }>> = router._def.procedures;
  return Object.fromEntries(Object.entries(procedures).map(([path, { _def }]) => [path, _def]));
}
