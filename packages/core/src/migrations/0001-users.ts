import { inPlace, missing } from "./migration.ts";

/** Users have a revision, which orders what follows a change of theirs, a link of their own and a list of the blocked. */
export const users = inPlace("0001-users", "Users", (user) =>
  missing(user, { revision: 1, defaultLink: "", blocked: [], blockedBy: 0 }),
);
