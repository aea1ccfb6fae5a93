import type { Availability } from "@kumite/core/availabilities/schema";
import { type Attempt, doneOf, type Sent, sentTo } from "../history.ts";
import type { StoredAvailability } from "../tables.ts";
import {
  type AvailabilityState,
  breaksSeat,
  close,
  edit,
  free,
  isOpen,
  needsStart,
  post,
  remove,
  take,
  takenTimes,
} from "./availability-model.ts";
import { timeOf } from "./interval.ts";
import { lastFreeStart, offerOf, type Times } from "./offer.ts";
import { narrowCancelations } from "./seats-seen.ts";
import { isNotThere, type Subjects } from "./subjects.ts";

/**
 * Adds the posted availabilities. If the answer to a posting was lost, the availability may exist all the same: then a
 * member has seen it, or it is stored.
 * @param known all availabilities that were shown or are stored
 */
export function addPosts(subjects: Subjects, known: readonly (Availability | StoredAvailability)[]): void {
  const posts = sentTo(subjects.history, "availability.set").filter(
    ({ call }) => call.input.id === undefined,
  );
  for (const { call, attempt } of posts) {
    // people.ts checks whether they were busy then.
    subjects.addRefusal("", call, attempt, { OWNER_BUSY: () => true });
  }
  for (const done of doneOf(posts)) {
    const { call, attempt, data } = done;
    const lost = call.attempts.filter(({ outcome }) => outcome.kind === "unknown");
    const { idempotencyKey } = call.input;
    // Each attempt without a key makes another availability.
    addPost(subjects, data.id, call, idempotencyKey === undefined ? [attempt] : [...lost, attempt]);
  }
  const lostBy = new Map(
    posts
      .filter(({ attempt }) => attempt.outcome.kind === "unknown")
      .map(({ call }) => [`${call.member} ${call.input.description}`, call]),
  );
  for (const { id, owner, description } of known) {
    const call = lostBy.get(`${owner} ${description}`);
    const lost = call?.attempts.filter(({ outcome }) => outcome.kind === "unknown") ?? [];
    if (call && !subjects.has(id)) addPost(subjects, id, call, lost);
  }
  const nobodys = new Set(known.map(({ id }) => id).filter((id) => !subjects.has(id)));
  for (const id of nobodys) subjects.violations.push(`nobody posted availability ${id}`);
}

/** Adds an availability with the requests that posted it or may have posted it. */
function addPost(
  subjects: Subjects,
  id: string,
  call: Sent<"availability.set">["call"],
  attempts: readonly Attempt[],
): void {
  const offer = offerOf(call.input);
  // With the same key, the same availability is returned again, and created again if it is gone.
  const isKeyed = call.input.idempotencyKey !== undefined;
  subjects.begin(id, call.member);
  for (const attempt of attempts) {
    const time = timeOf(attempt);
    subjects.addOffer(id, time, offer);
    subjects.add(id, {
      ...time,
      describe: () => `call ${call.id} posts it`,
      apply: (state) => (isKeyed && state.stage === "posted" ? state : post(state, offer, isKeyed)),
      isOptional: attempt.outcome.kind === "unknown",
    });
  }
}

export function addEdits(subjects: Subjects): void {
  for (const { call, attempt } of sentTo(subjects.history, "availability.set")) {
    const { id } = call.input;
    if (id === undefined) continue;
    const { outcome } = attempt;
    const offer = offerOf(call.input);
    const time = timeOf(attempt);
    const isOwners = subjects.isOwner(call.member, id);
    const { possible, certain } = subjects.meetingsDuring(call.member, id, time);
    /** Whether the edit needs a free start and the owner has none beside these meetings. */
    const isBusy = (state: AvailabilityState, edited: AvailabilityState, meetings: readonly Times[]) =>
      needsStart(state, offer) &&
      isOpen(edited) &&
      lastFreeStart(offer, [...takenTimes(edited), ...meetings]) === undefined;
    if (outcome.kind === "refused") {
      subjects.addRefusal(id, call, attempt, {
        NOT_FOUND: isOwners ? isNotThere : () => true,
        HAS_BOOKINGS: (state) => state.stage === "posted" && !state.isWithdrawn && breaksSeat(state, offer),
        OWNER_BUSY: (state) => {
          const edited = edit(state, offer);
          return edited !== undefined && isBusy(state, edited, possible);
        },
      });
      continue;
    }
    subjects.addOffer(id, time, offer);
    subjects.add(id, {
      ...time,
      describe: () => `call ${call.id} edits it`,
      apply: (state) => {
        const edited = isOwners ? edit(state, offer) : undefined;
        return edited && isBusy(state, edited, certain) ? undefined : edited;
      },
      isOptional: outcome.kind === "unknown",
    });
  }
}

export function addDeletions(subjects: Subjects): void {
  for (const { call, attempt } of sentTo(subjects.history, "availability.delete")) {
    const { id } = call.input;
    const { outcome } = attempt;
    if (outcome.kind === "refused") {
      subjects.addRefusal(id, call, attempt, {
        NOT_FOUND: subjects.isOwner(call.member, id) ? isNotThere : () => true,
        HAS_BOOKINGS: ({ seats }) => seats.size > 0,
      });
      continue;
    }
    const describe = () => `call ${call.id} deletes it`;
    const isOptional = outcome.kind === "unknown";
    const apply = subjects.isOwner(call.member, id) ? remove : () => undefined;
    subjects.add(id, { ...timeOf(attempt), describe, apply, isOptional });
    if (!isOptional) subjects.end(id, attempt.end);
  }
}

/**
 * Adds withdrawals. A withdrawal closes the availability at one moment. Its meetings are then canceled one by one, as
 * the Meetings table shows; none is left in the answer.
 */
export function addWithdrawals(subjects: Subjects): void {
  const edits = sentTo(subjects.history, "availability.set");
  for (const { call, attempt } of sentTo(subjects.history, "availability.withdraw")) {
    const { id } = call.input;
    const isOwners = subjects.isOwner(call.member, id);
    subjects.addRefusal(id, call, attempt, { NOT_FOUND: isOwners ? isNotThere : () => true });
    if (attempt.outcome.kind === "refused") continue;
    const isOptional = attempt.outcome.kind === "unknown";
    const time = timeOf(attempt);
    const closing = {
      ...time,
      describe: () => `call ${call.id} withdraws it`,
      // If it was deleted meanwhile, that counts as withdrawn.
      apply: (state: AvailabilityState) =>
        isOwners ? (close(state) ?? (state.stage === "deleted" ? state : undefined)) : undefined,
    };
    subjects.add(id, { ...closing, isOptional });
    // A concurrent edit may reopen the availability while some meetings are left. Then it is closed again.
    const isEdited = edits.some(
      (one) =>
        one.call.input.id === id && one.attempt.start <= time.end && timeOf(one.attempt).end >= time.start,
    );
    if (isEdited) subjects.add(id, { ...closing, isOptional: true });
    const describe = () => `call ${call.id} finds it to withdraw it`;
    if (!isOptional) subjects.add(id, { ...time, describe, holds: ({ stage }) => stage === "posted" });
  }
}

/** When an owner leaves, each of their availabilities is withdrawn and then removed before the run's final reads. */
export function addLeavings(subjects: Subjects): void {
  // The last calls are made when everything that follows the others is done.
  const quiet = Math.max(
    0,
    ...subjects.history.calls.flatMap(({ attempts }) => attempts.map(({ start }) => start)),
  );
  for (const { id, owner } of subjects.all) {
    const leaving = subjects.accounts.leaving(owner);
    if (!leaving) continue;
    const isOptional = leaving.end === Number.POSITIVE_INFINITY;
    const time = { start: leaving.start, end: isOptional ? leaving.end : quiet };
    const describe = () => `it is removed with its owner ${owner}`;
    subjects.add(id, { ...time, describe, apply: (state) => close(state) ?? state, isOptional });
    const apply = (state: AvailabilityState) => (state.stage === "deleted" ? state : remove(state));
    subjects.add(id, { ...time, describe, apply, isOptional });
    subjects.end(id, leaving.start);
  }
}

/** Adds the bookings and cancelations that took place, whether they were answered or not. */
export function addBookings(subjects: Subjects): void {
  const narrowed = narrowCancelations(subjects);
  for (const booking of subjects.bookings) {
    const { meeting, created, by } = booking;
    const canceled = narrowed(booking);
    const cohort = subjects.cohortOf(meeting.participant);
    subjects.add(meeting.availabilityId, {
      ...created,
      describe: () => `${meeting.participant} books meeting ${meeting.id}`,
      apply: (state) => take(state, meeting, cohort),
    });
    if (!canceled) continue;
    subjects.add(meeting.availabilityId, {
      ...canceled,
      describe: () =>
        `${meeting.canceledBy} cancels meeting ${meeting.id}${by === "withdrawal" ? " with its availability" : ""}`,
      apply: (state) => free(state, meeting, by),
    });
  }
}
