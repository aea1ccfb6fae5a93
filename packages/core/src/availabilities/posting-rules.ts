/** What may be posted, and how an edit changes an availability. */

import { checkChoices } from "../community/rules.ts";
import type { CommunitySettings } from "../community/schema.ts";
import { InvalidInput, Refusal } from "../errors.ts";
import { aYearAfter, hour, minutesBetween } from "../instant.ts";
import { isGroup, isSeveral } from "./capacity.ts";
import type { AvailabilityChanges, AvailabilityRecord, Span } from "./repository.ts";
import { lastFreeStart, offerOf, takenTimes } from "./rules.ts";
import type { SetAvailabilityInput } from "./schema.ts";

/** How long an availability is kept after its end. */
const keptAfterEnd = 48 * hour;

const defaultDurationMinutes = 60;

/**
 * Returns the fields of an availability after posting or editing it.
 * @param former the availability to edit: fields that the input leaves out stay as they were, and retired types and
 *   cohorts may stay
 * @throws Refusal IN_THE_PAST, InvalidInput
 */
export function planAvailability(
  input: SetAvailabilityInput,
  owner: { displayName: string; cohort: string | null; revision: number },
  community: Pick<CommunitySettings, "cohorts" | "types" | "defaultLocation">,
  now: Date,
  former?: AvailabilityRecord,
): AvailabilityChanges {
  const { startTime, endTime, types, cohorts } = input;
  checkChoices(community, { types, cohorts }, former);
  if (startTime <= now.toISOString()) {
    throw new Refusal("IN_THE_PAST", "An open time starts in the future.", {
      startTime: ["Choose a start in the future"],
    });
  }
  if (Date.parse(startTime) > aYearAfter(now).getTime()) {
    throw new InvalidInput({ startTime: ["At most a year ahead"] });
  }
  const maxParticipants = input.maxParticipants ?? former?.maxParticipants ?? 1;
  const length = minutesBetween(startTime, endTime);
  const group = isGroup({ maxParticipants });
  const wished = input.durationMinutes ?? (former && !isGroup(former) ? former.durationMinutes : undefined);
  const durationMinutes = group ? length : Math.min(wished ?? defaultDurationMinutes, length);
  const bookings = group ? "one" : (input.bookings ?? former?.bookings ?? "one");
  const reopens = former?.status === "CANCELED";
  const planned = {
    ownerDisplayName: owner.displayName,
    ownerCohort: owner.cohort,
    ownerRevision: owner.revision,
    startTime,
    endTime,
    durationMinutes,
    types,
    cohorts,
    maxParticipants,
    bookings,
    // A withdrawn availability reopens completely when it is edited.
    closed: bookings === "several" && former && !reopens ? former.closed : [],
    location: (input.location ?? former?.location) || community.defaultLocation,
    link: input.link ?? former?.link ?? "",
    description: input.description ?? former?.description ?? "",
    updatedAt: now.toISOString(),
    expiresAt: Math.ceil((Date.parse(endTime) + keptAfterEnd) / 1_000),
  };
  return { ...planned, ...offerOf({ ...planned, seats: former?.seats ?? {} }) };
}

/**
 * Refuses an availability in which no meeting can start because its owner has other meetings then.
 * @param busy the owner's meetings outside the availability
 * @throws Refusal OWNER_BUSY
 */
export function checkOwnerFree(
  availability: AvailabilityChanges & Pick<AvailabilityRecord, "seats">,
  busy: readonly Span[],
): void {
  if (availability.status !== "SCHEDULED") return;
  const taken = isSeveral(availability) ? takenTimes(availability) : [];
  if (lastFreeStart(availability, [...taken, ...busy]) !== undefined) return;
  const message = "You have another meeting then";
  throw new Refusal("OWNER_BUSY", `${message}, and it leaves no start.`, { startTime: [message] });
}
