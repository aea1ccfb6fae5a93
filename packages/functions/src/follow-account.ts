/** A chunk of its own, which account-changed.ts loads when it is needed. */
export { createSignIns } from "@kumite/api/sign-ins";
export { followSignIn } from "@kumite/core/accounts/follow-sign-in";
export { createDatabase } from "@kumite/core/database";
