import type { MemberContext } from "../context/context.ts";
import { Refusal } from "../errors.ts";
import { findMeeting } from "./repository.ts";
import { checkTakesPart, toMeeting } from "./rules.ts";
import type { GetMeetingInput, Meeting } from "./schema.ts";

/**
 * Returns one of the actor's meetings.
 * @throws Refusal NOT_FOUND, NOT_YOURS
 */
export async function getMeeting(ctx: MemberContext, input: GetMeetingInput): Promise<Meeting> {
  const meeting = await findMeeting(ctx.database, input.id);
  if (!meeting) throw new Refusal("NOT_FOUND", "There is no such meeting.");
  checkTakesPart(meeting, ctx.actor.username);
  return toMeeting(meeting);
}
