/**
 * A model of an availability, written from the contract and independent of how it is stored: which changes each state
 * allows, and what a state looks like to members. Functions that change it return the next state, or undefined if the
 * change is not allowed.
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

/** How often a member may book and cancel the same availability. */
const mostCancelations = 3;

export interface AvailabilityState {
  readonly stage: "not posted" | "posted" | "deleted";
  readonly offer: Offer;
  /** Withdrawn by its owner. During a withdrawal, seats may be left. */
  readonly isWithdrawn: boolean;
  /** The meeting of each participant who holds a seat. */
  readonly seats: ReadonlyMap<string, Meeting>;
  /** Times that stay closed because the owner canceled a meeting there. */
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

/** Returns a text that identifies a state and describes it in reports. */
export function keyOf({ stage, offer, isWithdrawn, seats, closed }: AvailabilityState): string {
  const ids = [...seats.values()].map(({ id }) => id).sort();
  const seated = `${seats.size} of ${offer.maxParticipants} seats taken (${ids.join(" ")})`;
  const shut = closed.length > 0 ? `, closed at ${closed.map(({ startTime }) => startTime).join(" ")}` : "";
  return `${stage}${isWithdrawn ? ", withdrawn" : ""}, as of "${offer.description}", ${seated}${shut}`;
}

/** @param again whether a deleted availability may be posted again */
export function post(state: AvailabilityState, offer: Offer, again: boolean): AvailabilityState | undefined {
  const isPossible = state.stage === "not posted" || (again && state.stage === "deleted");
  return isPossible ? { ...state, stage: "posted", offer, isWithdrawn: false, closed: [] } : undefined;
}

/** An edit reopens a withdrawn availability completely, once no seat is left. */
export function edit(state: AvailabilityState, offer: Offer): AvailabilityState | undefined {
  const isUnderWay = state.isWithdrawn && state.seats.size > 0;
  if (state.stage !== "posted" || isUnderWay || breaksSeat(state, offer)) return undefined;
  const closed = isSeveral(offer) && !state.isWithdrawn ? state.closed : [];
  return { ...state, offer, isWithdrawn: false, closed };
}

/** Whether an edit requires a free start of the owner: it reopens the availability or changes its times. */
export function needsStart(state: AvailabilityState, offer: Offer): boolean {
  const timesOf = ({ startTime, endTime, durationMinutes, maxParticipants, bookings }: Offer) =>
    JSON.stringify([startTime, endTime, durationMinutes, maxParticipants, bookings]);
  return state.isWithdrawn || timesOf(state.offer) !== timesOf(offer);
}

/** Whether an edit would break a booked seat: too few seats, another kind of availability, another time or type. */
export function breaksSeat(state: AvailabilityState, offer: Offer): boolean {
  if (state.seats.size === 0) return false;
  const isOtherForm = isGroup(offer) !== isGroup(state.offer) || offer.bookings !== state.offer.bookings;
  return (
    isOtherForm ||
    (!isSeveral(offer) && state.seats.size > offer.maxParticipants) ||
    [...state.seats.values()].some((meeting) => !fits(offer, meeting))
  );
}

/** The owner's withdrawal. Nobody can book from then on; the remaining seats are freed one by one. */
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
 * Cancels a meeting. If the owner of a one-to-one availability cancels, this withdraws it, or closes only that time if
 * it takes several bookings.
 * @param by what cancels it: one of its two people, a withdrawal of the availability, or either of these
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

/** Whether a member has booked and canceled the availability as often as allowed. */
export function hasBookedTooOften({ canceled }: AvailabilityState, member: string): boolean {
  const theirs = [...canceled.values()].filter(
    ({ participant, canceledBy }) => participant === member && canceledBy === member,
  );
  return theirs.length >= mostCancelations;
}

/** Whether it is scheduled and has a seat or time left. */
export function isOpen(state: AvailabilityState): boolean {
  const { stage, isWithdrawn, seats, offer } = state;
  const isFree = isSeveral(offer)
    ? lastFreeStart(offer, takenTimes(state)) !== undefined
    : seats.size < offer.maxParticipants;
  return stage === "posted" && !isWithdrawn && isFree;
}

/** Returns the times of a one-to-one availability that cannot be booked, in order. */
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

/** Whether a requested time is closed or taken by another meeting. */
export function isTaken(state: AvailabilityState, span: Times): boolean {
  return takenTimes(state).some((taken) => overlaps(taken, span));
}

/** Whether a member of that cohort, other than its owner, may book the availability. */
export function isBookableBy(state: AvailabilityState, member: string, cohort: string): boolean {
  return isOpen(state) && !state.seats.has(member) && state.offer.cohorts.includes(cohort);
}

/** The changeable fields of an availability, as clients or the tables show it. */
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

/** The member who reads an availability. */
export interface Viewer {
  readonly username: string;
  readonly cohort: string;
  readonly isOwner: boolean;
}

/** Whether the availability looks like this to a viewer; without a viewer, whether all its fields are equal. */
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

/**
 * Returns the visible participants. The owner sees all. In a one-to-one availability, a member sees only themselves. In
 * a group, members who may book it or have a seat see all.
 */
function visibleTo({ offer, seats }: AvailabilityState, { username, cohort, isOwner }: Viewer): string[] {
  const seesAll = isOwner || (isGroup(offer) && (seats.has(username) || offer.cohorts.includes(cohort)));
  return [...seats.keys()].filter((name) => seesAll || name === username);
}

function statusOf(state: AvailabilityState): AvailabilityStatus {
  if (state.isWithdrawn) return "CANCELED";
  return isOpen(state) ? "SCHEDULED" : "BOOKED";
}
