import { community } from "./community.ts";
import type { Community } from "./schema.ts";

/** The community's name, cohorts (beginner first) and kinds of session. */
export function getCommunity(): Community {
  return { name: community.name, cohorts: [...community.cohorts], types: [...community.types] };
}
