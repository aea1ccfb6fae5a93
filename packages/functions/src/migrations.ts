/** A chunk of its own, which migrate.ts loads when it is invoked. */
export { createDatabase } from "@kumite/core/database";
export { migrate } from "@kumite/core/migrations";
