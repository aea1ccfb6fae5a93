/**
 * An availability as clients may rely on it, and nothing of how it is stored: what may be changed in which state, and what the
 * state then looks like. Each function answers the state after a change, or undefined where it is not allowed.
 */
import type { AvailabilityStatus } from "@kumite/core/availabilities/schema";
import type { Meeting } from "@kumite/core/meetings/schema";
import {
  fits,
  isGroup,
  isSeveral,
  lastFreeStart,
  type Offer,
  offerOf,
  overlaps,
  sameOffer,
  type Times,
} from "./offer.ts";

const minute = 60_000;

/** How often somebody may book an availability and cancel that. */
const mostCancelations = 3;

export interface AvailabilityState {
  readonly stage: "not posted" | "posted" | "deleted";
  readonly offer: Offer;
  /** By its owner. While a withdrawal is under way, seats may be left. */
  readonly isWithdrawn: boolean;
  /** The meeting of each participant who holds a seat. */
  readonly seats: ReadonlyMap<string, Meeting>;
  /** Times that stay closed, because the owner canceled a meeting then. */
  readonly closed: readonly Times[];
  /** By id. */
  readonly canceled: ReadonlyMap<string, Meeting>;
}

export const notPosted: AvailabilityState = {
  stage: "not posted",
  offer: {
    startTime: "",
    endTime: "",
    durationMinutes: 0,
    types: [],
    cohorts: [],
    maxParticipants: 0,
    bookings: "one",
    link: "",
    description: "",
  },
  isWithdrawn: false,
  seats: new Map(),
  closed: [],
  canceled: new Map(),
};

/** Tells two states of an availability apart, and shows a state in a report. */
export function keyOf({ stage, offer, isWithdrawn, seats, closed }: AvailabilityState): string {
  const ids = [...seats.values()].map(({ id }) => id).sort();
  const seated = `${seats.size} of ${offer.maxParticipants} seats taken (${ids.join(" ")})`;
  const shut = closed.length > 0 ? `, closed at ${closed.map(({ startTime }) => startTime).join(" ")}` : "";
  return `${stage}${isWithdrawn ? ", withdrawn" : ""}, as of "${offer.description}", ${seated}${shut}`;
}

/** @param again whether an availability that is deleted may be posted once more */
export function post(state: AvailabilityState, offer: Offer, again: boolean): AvailabilityState | undefined {
  const isPossible = state.stage === "not posted" || (again && state.stage === "deleted");
  return isPossible ? { ...state, stage: "posted", offer, isWithdrawn: false, closed: [] } : undefined;
}

/** An edit opens a withdrawn availability again, as a whole, once no seat is left. */
export function edit(state: AvailabilityState, offer: Offer): AvailabilityState | undefined {
  const isUnderWay = state.isWithdrawn && state.seats.size > 0;
  if (state.stage !== "posted" || isUnderWay || breaksSeat(state, offer)) return undefined;
  const closed = isSeveral(offer) && !state.isWithdrawn ? state.closed : [];
  return { ...state, offer, isWithdrawn: false, closed };
}

/** Whether an edit is refused where its owner has no start left: one that opens an availability, or changes its times. */
export function needsStart(state: AvailabilityState, offer: Offer): boolean {
  const timesOf = ({ startTime, endTime, durationMinutes, maxParticipants, bookings }: Offer) =>
    JSON.stringify([startTime, endTime, durationMinutes, maxParticipants, bookings]);
  return state.isWithdrawn || timesOf(state.offer) !== timesOf(offer);
}

/** Whether an edit would break a booked seat: too few places, another form of meeting, another time or type. */
export function breaksSeat(state: AvailabilityState, offer: Offer): boolean {
  if (state.seats.size === 0) return false;
  const isOtherForm = isGroup(offer) !== isGroup(state.offer) || offer.bookings !== state.offer.bookings;
  return (
    isOtherForm ||
    (!isSeveral(offer) && state.seats.size > offer.maxParticipants) ||
    [...state.seats.values()].some((meeting) => !fits(offer, meeting))
  );
}

/** The owner's withdrawal: nobody books from then on. Seats that are left are freed one by one. */
export function close(state: AvailabilityState): AvailabilityState | undefined {
  return state.stage === "posted" ? { ...state, isWithdrawn: true } : undefined;
}

export function remove(state: AvailabilityState): AvailabilityState | undefined {
  return state.stage === "posted" && state.seats.size === 0 ? { ...state, stage: "deleted" } : undefined;
}

/** A member's booking. */
export function take(
  state: AvailabilityState,
  meeting: Meeting,
  cohort: string,
): AvailabilityState | undefined {
  const { participant, owner } = meeting;
  const isAllowed =
    isOpen(state) &&
    !state.seats.has(participant) &&
    participant !== owner &&
    !isTaken(state, meeting) &&
    !hasBookedTooOften(state, participant) &&
    state.offer.cohorts.includes(cohort);
  const length = (Date.parse(meeting.endTime) - Date.parse(meeting.startTime)) / minute;
  if (!isAllowed || !fits(state.offer, meeting) || length !== state.offer.durationMinutes) return undefined;
  return { ...state, seats: new Map([...state.seats, [participant, meeting]]) };
}

export type CanceledBy = "person" | "withdrawal" | "either";

/**
 * A meeting's cancelation. One to one, its owner's withdraws the availability, or closes that time where there are several.
 * @param by what cancels it: one of its two people, a withdrawal of the availability, or either
 */
export function free(
  state: AvailabilityState,
  meeting: Meeting,
  by: CanceledBy,
): AvailabilityState | undefined {
  if (state.seats.get(meeting.participant)?.id !== meeting.id) return undefined;
  if (by === "withdrawal" && !state.isWithdrawn) return undefined;
  const isWithdrawal = by === "withdrawal" || (by === "either" && state.isWithdrawn);
  const seats = new Map(state.seats);
  seats.delete(meeting.participant);
  const canceled = new Map([...state.canceled, [meeting.id, meeting]]);
  const isClosing = !isWithdrawal && !isGroup(state.offer) && meeting.canceledBy === meeting.owner;
  if (isClosing && isSeveral(state.offer)) {
    return { ...state, seats, canceled, closed: [...state.closed, meeting] };
  }
  return { ...state, seats, canceled, isWithdrawn: state.isWithdrawn || isClosing };
}

/** Whether a member has booked the availability and canceled that as often as they may. */
export function hasBookedTooOften({ canceled }: AvailabilityState, member: string): boolean {
  const theirs = [...canceled.values()].filter(
    ({ participant, canceledBy }) => participant === member && canceledBy === member,
  );
  return theirs.length >= mostCancelations;
}

/** Scheduled, with a seat left, or a time. */
export function isOpen(state: AvailabilityState): boolean {
  const { stage, isWithdrawn, seats, offer } = state;
  const isFree = isSeveral(offer)
    ? lastFreeStart(offer, takenTimes(state)) !== undefined
    : seats.size < offer.maxParticipants;
  return stage === "posted" && !isWithdrawn && isFree;
}

/** One to one: the times that cannot be booked, in order. */
export function takenTimes({ offer, seats, closed }: Pick<AvailabilityState, "closed"> & TakenBy): Times[] {
  if (isGroup(offer)) return [];
  return [...seats.values(), ...closed]
    .map(({ startTime, endTime }) => ({ startTime, endTime }))
    .sort((a, b) => (a.startTime < b.startTime ? -1 : 1));
}

interface TakenBy {
  readonly offer: { readonly maxParticipants: number };
  readonly seats: ReadonlyMap<string, Times>;
}

/** Whether a time that is asked for is taken by another meeting, or closed. */
export function isTaken(state: AvailabilityState, span: Times): boolean {
  return takenTimes(state).some((taken) => overlaps(taken, span));
}

/** Whether a member of that cohort, other than its owner, may book the availability. */
export function isBookableBy(state: AvailabilityState, member: string, cohort: string): boolean {
  return isOpen(state) && !state.seats.has(member) && state.offer.cohorts.includes(cohort);
}

/** An availability as clients or the tables show it, apart from what never changes. */
export interface AvailabilityAnswer {
  readonly offer: Offer;
  readonly status: string;
  readonly taken: readonly Times[];
  readonly participants: readonly string[];
}

export function shownOf(
  availability: Parameters<typeof offerOf>[0] & {
    readonly status: string;
    readonly taken: readonly Times[];
    readonly participants: readonly { readonly username: string }[];
  },
): AvailabilityAnswer {
  const participants = availability.participants.map(({ username }) => username);
  return {
    offer: offerOf(availability),
    status: availability.status,
    taken: availability.taken,
    participants,
  };
}

/** Who looks at an availability. */
export interface Viewer {
  readonly username: string;
  readonly cohort: string;
  readonly isOwner: boolean;
}

/** Whether this is how the availability looks to a member; or all that there is of it, where no viewer is given. */
export function looksLike(
  state: AvailabilityState,
  { offer, status, taken, participants }: AvailabilityAnswer,
  viewer?: Viewer,
): boolean {
  const visible = viewer ? visibleTo(state, viewer) : [...state.seats.keys()];
  return (
    state.stage === "posted" &&
    status === statusOf(state) &&
    sameOffer(viewer?.isOwner === false ? { ...state.offer, link: "" } : state.offer, offer) &&
    JSON.stringify(takenTimes(state)) === JSON.stringify(taken) &&
    participants.length === visible.length &&
    participants.every((name) => visible.includes(name))
  );
}

/** One to one, a member sees themselves; of a group, whoever may book it or has a seat sees all; the owner always does. */
function visibleTo({ offer, seats }: AvailabilityState, { username, cohort, isOwner }: Viewer): string[] {
  const seesAll = isOwner || (isGroup(offer) && (seats.has(username) || offer.cohorts.includes(cohort)));
  return [...seats.keys()].filter((name) => seesAll || name === username);
}

function statusOf(state: AvailabilityState): AvailabilityStatus {
  if (state.isWithdrawn) return "CANCELED";
  return isOpen(state) ? "SCHEDULED" : "BOOKED";
}
