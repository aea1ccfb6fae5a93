import { randomUUID } from "node:crypto";
import type { MemberContext } from "../context.ts";
import { withFreshReads } from "../database/transact.ts";
import { Refusal } from "../errors.ts";
import { describeMeeting } from "../meetings/repository.ts";
import { findUser } from "../users/repository.ts";
import {
  type AvailabilityRecord,
  findAvailability,
  insertAvailability,
  updateAvailability,
} from "./repository.ts";
import { checkSeatsKept, planWindow, toAvailability } from "./rules.ts";
import type { Availability, SetAvailabilityInput } from "./schema.ts";

/**
 * Posts a window, or edits one's own where the input names its id. Booked meetings follow its place and description.
 * Editing a withdrawn window opens it again.
 * @throws Refusal NOT_FOUND, IN_THE_PAST, HAS_BOOKINGS; InvalidInput; Unavailable
 */
export async function setAvailability(
  ctx: MemberContext,
  input: SetAvailabilityInput,
): Promise<Availability> {
  const { id } = input;
  return withFreshReads(() => (id === undefined ? post(ctx, input) : edit(ctx, id, input)));
}

async function post(ctx: MemberContext, input: SetAvailabilityInput): Promise<Availability> {
  const user = await findUser(ctx.database, ctx.actor);
  if (!user) throw new Refusal("NOT_FOUND", "There is no such member.");
  const availability: AvailabilityRecord = {
    owner: ctx.actor,
    id: randomUUID(),
    ...planWindow(input, user, ctx.now),
    seats: {},
    seatCount: 0,
    revision: 1,
    createdAt: ctx.now.toISOString(),
  };
  await insertAvailability(ctx.database, availability);
  return toAvailability(availability);
}

async function edit(ctx: MemberContext, id: string, input: SetAvailabilityInput): Promise<Availability> {
  const [user, former] = await Promise.all([
    findUser(ctx.database, ctx.actor),
    findAvailability(ctx.database, { owner: ctx.actor, id }),
  ]);
  if (!user || !former) throw new Refusal("NOT_FOUND", "There is no such window of yours.");
  const changes = planWindow(input, user, ctx.now, former);
  checkSeatsKept(former, changes);
  const meetings = Object.values(former.seats).map(({ meetingId }) =>
    describeMeeting(ctx.database, meetingId, changes),
  );
  await updateAvailability(ctx.database, former, changes, meetings);
  return toAvailability({ ...former, ...changes });
}
