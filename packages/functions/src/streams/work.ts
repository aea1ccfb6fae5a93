/** A chunk of its own, which follow-up.ts loads when it is needed. */
export { createSignIns } from "@kumite/api/sign-ins";
export { createDatabase } from "@kumite/core/database";
export { followUp, readChange } from "@kumite/core/follow-ups";
