import { inPlace, missing } from "./migration.ts";

/**
 * Adds to users a revision (it orders follow-ups of profile changes), a default link, and a list of blocked members.
 */
export const users = inPlace("0001-users", "Users", (user) =>
  missing(user, { revision: 1, defaultLink: "", blocked: [], blockedBy: 0 }),
);
