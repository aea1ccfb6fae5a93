import { isVisible, toSingleLine, toVisibleLine } from "../characters.ts";
import type { Context } from "../context/context.ts";
import { mixesScripts } from "../scripts.ts";
import { longestDisplayName } from "./limits.ts";
import { insertUser } from "./repository.ts";

/**
 * Creates the user of a confirmed sign-up. Idempotent, because Cognito may deliver an event twice.
 * @param input.name the name given at sign-up, cleaned as in `user.set`. A name that `user.set` would refuse is
 *   replaced by a neutral one, never by a part of the e-mail address
 * @returns whether a user was created
 */
export async function createUser(
  ctx: Context,
  input: { username: string; email: string; name?: string | undefined },
): Promise<boolean> {
  const name = toVisibleLine(toSingleLine(input.name ?? "", longestDisplayName));
  const now = ctx.now.toISOString();
  return insertUser(ctx.database, {
    username: input.username,
    email: input.email,
    displayName: isVisible(name) && !mixesScripts(name) ? name : "New member",
    cohort: null,
    timezone: null,
    bio: "",
    discordUsername: "",
    notifications: { email: true },
    defaultLink: "",
    revision: 1,
    blocked: [],
    blockedBy: 0,
    createdAt: now,
    updatedAt: now,
  });
}
