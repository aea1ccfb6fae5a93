export { community } from "./community.ts";
export { getCommunity } from "./get-community.ts";
export { Cohort, Community, SessionType } from "./schema.ts";
