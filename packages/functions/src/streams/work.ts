/** A separate chunk, which follow-up.ts loads on demand. */
export { createSignIns } from "@kumite/api/sign-ins";
export { createDatabase } from "@kumite/core/database";
export { followUp, readChange } from "@kumite/core/follow-ups";
