/** A chunk of its own, which post-confirmation.ts loads when it is needed. */
import "./plain-http.ts";

export { createDatabase } from "@kumite/core/database";
export { createUser } from "@kumite/core/users/create-user";
