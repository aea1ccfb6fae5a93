/** A separate chunk, which account-changed.ts loads on demand. */
export { createSignIns } from "@kumite/api/sign-ins";
export { followSignIn } from "@kumite/core/accounts/follow-sign-in";
export { createDatabase } from "@kumite/core/database";
