import { isVisible, toSingleLine, toVisibleLine } from "../characters.ts";
import type { Context } from "../context/context.ts";
import { mixesScripts } from "../scripts.ts";
import { longestDisplayName } from "./limits.ts";
import { insertUser } from "./repository.ts";

/**
 * Creates the user of a confirmed sign-up. Repeating it changes nothing, because Cognito may deliver an event twice.
 * @param input.name what the sign-up called itself, kept as `user.set` would keep it. Where that would refuse it, a neutral
 *   name stands in, never a part of the e-mail address
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
