/** A separate chunk, which migrate.ts loads on demand. */
export { createDatabase } from "@kumite/core/database";
export { migrate } from "@kumite/core/migrations";
