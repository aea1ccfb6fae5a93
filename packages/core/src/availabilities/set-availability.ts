import { createHash, randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { busyTimes, daysOf } from "../agenda/busy.ts";
import { currentCommunity } from "../community/repository.ts";
import type { MemberContext } from "../context/context.ts";
import { batchGet } from "../database/batch-get.ts";
import { ConflictError, retryOnConflict } from "../database/transact.ts";
import { Refusal } from "../errors.ts";
import { asUser } from "../users/repository.ts";
import { checkIsMember } from "../users/rules.ts";
import { checkSeatsKept } from "./edit-rules.ts";
import { roomForOneMore } from "./open-availabilities.ts";
import { checkOwnerFree, planAvailability } from "./posting-rules.ts";
import {
  type AvailabilityChanges,
  type AvailabilityRecord,
  asAvailability,
  followEdit,
  insertAvailability,
  type Span,
  updateAvailability,
} from "./repository.ts";
import { ownAvailability } from "./rules.ts";
import type { Availability, SetAvailabilityInput } from "./schema.ts";
import { finishWithdrawal } from "./withdraw-availability.ts";

/**
 * Posts an availability, or edits one of the actor's own if the input has an id. Booked meetings get the new place and
 * description. Editing a withdrawn availability reopens it. Posting again with the same idempotency key returns the
 * first availability as it is now, as long as it is stored.
 * @throws Refusal NOT_FOUND, IN_THE_PAST, HAS_BOOKINGS, OWNER_BUSY, TOO_MANY_WINDOWS; InvalidInput; AccountClosed; Unavailable
 */
export async function setAvailability(
  ctx: MemberContext,
  input: SetAvailabilityInput,
): Promise<Availability> {
  const { id, idempotencyKey } = input;
  if (id !== undefined) return retryOnConflict((outcomeUnknown) => edit(ctx, id, input, outcomeUnknown));
  const newId = idempotencyKey === undefined ? randomUUID() : idOf(ctx.actor.username, idempotencyKey);
  return retryOnConflict(() => post(ctx, newId, input));
}

/** The id for a posting with an idempotency key. It looks like a version 4 UUID, and is the same each time. */
function idOf(owner: string, idempotencyKey: string): string {
  const digest = createHash("sha256")
    .update(JSON.stringify([owner, idempotencyKey.toLowerCase()]))
    .digest();
  digest.writeUInt8((digest.readUInt8(6) & 0x0f) | 0x40, 6);
  digest.writeUInt8((digest.readUInt8(8) & 0x3f) | 0x80, 8);
  return digest.toString("hex", 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

async function readOwn(ctx: MemberContext, id: string, span: Span) {
  const days = daysOf(ctx.actor.username, span);
  const { Users, Availabilities, Calendar } = await batchGet(ctx.database, {
    Users: [{ username: ctx.actor.username }],
    Availabilities: [{ owner: ctx.actor.username, id }],
    Calendar: days.keys,
  });
  return {
    user: Users[0] && asUser(Users[0]),
    availability: Availabilities[0] && asAvailability(Availabilities[0]),
    busy: busyTimes(days.seen(Calendar), ctx.actor.username, span, id),
  };
}

async function post(ctx: MemberContext, id: string, input: SetAvailabilityInput): Promise<Availability> {
  const [{ user, availability: known, busy }, room, community] = await Promise.all([
    readOwn(ctx, id, input),
    roomForOneMore(ctx),
    currentCommunity(ctx),
  ]);
  checkIsMember(user);
  if (known) return ownAvailability(known);
  const availability: AvailabilityRecord = {
    owner: ctx.actor.username,
    id,
    ...planAvailability(input, user, community, ctx.now),
    seats: {},
    seatCount: 0,
    seatsVersion: 0,
    revision: 1,
    createdAt: ctx.now.toISOString(),
  };
  checkOwnerFree(availability, busy);
  await insertAvailability(ctx.database, availability, room.held());
  return ownAvailability(availability);
}

function hasOtherTimes(former: AvailabilityRecord, changes: AvailabilityChanges): boolean {
  const fields = ["startTime", "endTime", "durationMinutes", "maxParticipants", "bookings"] as const;
  return fields.some((field) => former[field] !== changes[field]);
}

async function edit(
  ctx: MemberContext,
  id: string,
  input: SetAvailabilityInput,
  outcomeUnknown: boolean,
): Promise<Availability> {
  // Read first, to keep the time between the reads below and the write short.
  const community = await currentCommunity(ctx);
  const { user, availability: former, busy } = await readOwn(ctx, id, input);
  checkIsMember(user);
  if (!former) throw new Refusal("NOT_FOUND", "You have no such open time.");
  if (former.status === "CANCELED" && former.seatCount > 0) {
    // An interrupted withdrawal must be finished before the availability reopens.
    await finishWithdrawal(ctx, former);
    throw new ConflictError();
  }
  const changes = planAvailability(input, user, community, ctx.now, former);
  const isDone = outcomeUnknown && isDeepStrictEqual({ ...former, ...changes }, former);
  const opens = former.status === "CANCELED" || former.endTime <= ctx.now.toISOString();
  if (!isDone) {
    checkSeatsKept(former, changes);
    // An edit that keeps the times must not fail because of a meeting that was booked since.
    if (opens || hasOtherTimes(former, changes)) checkOwnerFree({ ...former, ...changes }, busy);
  }
  if (opens && !isDone) (await roomForOneMore(ctx)).held();
  await (isDone ? followEdit(ctx.database, former) : updateAvailability(ctx.database, former, changes));
  return ownAvailability({ ...former, ...changes });
}
