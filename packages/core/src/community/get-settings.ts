import type { MemberContext } from "../context/context.ts";
import { checkIsAdmin } from "./check-is-admin.ts";
import { readCommunity } from "./repository.ts";
import type { CommunitySettings } from "./schema.ts";

/**
 * Returns all settings of the community as stored now, for an admin to edit.
 * @throws Refusal NOT_ADMIN; Unavailable
 */
export async function getSettings(ctx: MemberContext): Promise<CommunitySettings> {
  checkIsAdmin(ctx.actor);
  return readCommunity(ctx.database);
}
