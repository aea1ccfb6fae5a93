/** A chunk of its own, which post-confirmation.ts loads when it is needed. */
export { createDatabase } from "@kumite/core/database";
export { createUser } from "@kumite/core/users/create-user";
