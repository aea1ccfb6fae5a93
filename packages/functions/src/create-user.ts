/** A separate chunk, which post-confirmation.ts loads on demand. */
export { createDatabase } from "@kumite/core/database";
export { createUser } from "@kumite/core/users/create-user";
