import type { Context } from "../context/context.ts";
import { currentCommunity } from "./repository.ts";
import { publicCommunity } from "./rules.ts";
import type { Community } from "./schema.ts";

/**
 * Returns the community's name, cohorts (beginner first) and kinds of session, a few seconds old at most.
 * @throws Unavailable if the database is out of reach and the process has not read them yet
 */
export async function getCommunity(ctx: Context): Promise<Community> {
  return publicCommunity(await currentCommunity(ctx));
}
