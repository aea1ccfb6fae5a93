import { randomUUID } from "node:crypto";
import type { MemberContext } from "../context/context.ts";
import { Refusal } from "../errors.ts";
import { checkIsAdmin } from "./check-is-admin.ts";
import { readCommunity, writeCommunity } from "./repository.ts";
import { checkNothingTakenOut, nextSettings } from "./rules.ts";
import type { CommunitySettings, SetCommunityInput } from "./schema.ts";

/**
 * Replaces all settings of the community. Every process uses them within ten seconds.
 * @returns the new settings
 * @throws Refusal NOT_ADMIN, CHANGED_MEANWHILE (the stored revision is not that of the input); InvalidInput if a cohort
 *   or type is missing; Unavailable
 */
export async function setSettings(ctx: MemberContext, input: SetCommunityInput): Promise<CommunitySettings> {
  checkIsAdmin(ctx.actor);
  const current = await readCommunity(ctx.database);
  if (current.revision !== input.revision) throw changedMeanwhile();
  checkNothingTakenOut(current, input);
  const settings = nextSettings(input);
  if (!(await writeCommunity(ctx.database, settings, randomUUID()))) throw changedMeanwhile();
  return settings;
}

function changedMeanwhile(): Refusal {
  return new Refusal("CHANGED_MEANWHILE", "Someone else has changed the community meanwhile.");
}
