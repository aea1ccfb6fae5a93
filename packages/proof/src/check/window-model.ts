/**
 * A window as clients may rely on it, and nothing of how it is stored: what may be changed in which state, and what the
 * state then looks like. Each function answers the state after a change, or undefined where it is not allowed.
 */
import type { AvailabilityStatus } from "@kumite/core/availabilities/schema";
import type { Meeting } from "@kumite/core/meetings/schema";
import type { Procedures } from "../history.ts";

const minute = 60_000;

/** From an instant to another one, both as texts. */
export interface Times {
  readonly startTime: string;
  readonly endTime: string;
}

/** How often somebody may book a window and cancel that. */
const mostCancelations = 3;

/** What an owner offers: what posting and each edit replace as a whole. */
export interface Offer {
  readonly startTime: string;
  readonly endTime: string;
  readonly durationMinutes: number;
  readonly types: readonly string[];
  readonly cohorts: readonly string[];
  readonly maxParticipants: number;
  readonly description: string;
}

export interface WindowState {
  readonly stage: "not posted" | "posted" | "deleted";
  readonly offer: Offer;
  /** By its owner's cancelation. */
  readonly isWithdrawn: boolean;
  /** The meeting of each participant who holds a seat. */
  readonly seats: ReadonlyMap<string, string>;
  readonly canceled: ReadonlySet<string>;
}

export const notPosted: WindowState = {
  stage: "not posted",
  offer: {
    startTime: "",
    endTime: "",
    durationMinutes: 0,
    types: [],
    cohorts: [],
    maxParticipants: 0,
    description: "",
  },
  isWithdrawn: false,
  seats: new Map(),
  canceled: new Set(),
};

/** Tells two states of a window apart, and shows a state in a report. */
export function keyOf({ stage, offer, isWithdrawn, seats }: WindowState): string {
  const seated = `${seats.size} of ${offer.maxParticipants} seats taken (${[...seats.values()].sort().join(" ")})`;
  return `${stage}${isWithdrawn ? ", withdrawn" : ""}, as of "${offer.description}", ${seated}`;
}

export function offerOf(
  window: Omit<Offer, "durationMinutes"> & { readonly durationMinutes?: number | undefined },
): Offer {
  const { startTime, endTime, types, cohorts, maxParticipants, description } = window;
  const length = Math.floor((Date.parse(endTime) - Date.parse(startTime)) / minute);
  const durationMinutes = maxParticipants > 1 ? length : Math.min(window.durationMinutes ?? 60, length);
  return { startTime, endTime, durationMinutes, types, cohorts, maxParticipants, description };
}

/** @param again whether a window that is deleted may be posted once more */
export function post(state: WindowState, offer: Offer, again: boolean): WindowState | undefined {
  const isPossible = state.stage === "not posted" || (again && state.stage === "deleted");
  return isPossible ? { ...state, stage: "posted", offer, isWithdrawn: false } : undefined;
}

/** An edit opens a withdrawn window again. */
export function edit(
  state: WindowState,
  offer: Offer,
  meetings: ReadonlyMap<string, Meeting>,
): WindowState | undefined {
  if (state.stage !== "posted" || breaksSeat(state, offer, meetings)) return undefined;
  return { ...state, offer, isWithdrawn: false };
}

/** Whether an edit would break a booked seat: too few places, another form of meeting, another time or type. */
export function breaksSeat(
  state: WindowState,
  offer: Offer,
  meetings: ReadonlyMap<string, Meeting>,
): boolean {
  if (state.seats.size === 0) return false;
  const isOtherForm = isGroup(offer) !== isGroup(state.offer);
  return (
    isOtherForm ||
    state.seats.size > offer.maxParticipants ||
    [...state.seats.values()].some((id) => !fits(offer, meetings.get(id)))
  );
}

export function remove(state: WindowState): WindowState | undefined {
  return state.stage === "posted" && state.seats.size === 0 ? { ...state, stage: "deleted" } : undefined;
}

/** A member's booking. */
export function take(
  state: WindowState,
  meeting: Meeting,
  cohort: string,
  meetings: ReadonlyMap<string, Meeting>,
): WindowState | undefined {
  const { participant, owner, id } = meeting;
  const isAllowed =
    isOpen(state) &&
    !state.seats.has(participant) &&
    participant !== owner &&
    !hasBookedTooOften(state, participant, meetings) &&
    state.offer.cohorts.includes(cohort);
  const length = (Date.parse(meeting.endTime) - Date.parse(meeting.startTime)) / minute;
  if (!isAllowed || !fits(state.offer, meeting) || length !== state.offer.durationMinutes) return undefined;
  return { ...state, seats: new Map([...state.seats, [participant, id]]) };
}

/** A meeting's cancelation: one to one, the owner's withdraws the window. */
export function free(state: WindowState, meeting: Meeting): WindowState | undefined {
  if (state.seats.get(meeting.participant) !== meeting.id) return undefined;
  const seats = new Map(state.seats);
  seats.delete(meeting.participant);
  const isWithdrawn = !isGroup(state.offer) && meeting.canceledBy === meeting.owner;
  return { ...state, seats, canceled: new Set([...state.canceled, meeting.id]), isWithdrawn };
}

/** Whether a member has booked the window and canceled that as often as they may. */
export function hasBookedTooOften(
  { canceled }: WindowState,
  member: string,
  meetings: ReadonlyMap<string, Meeting>,
): boolean {
  const theirs = [...canceled].filter((id) => {
    const meeting = meetings.get(id);
    return meeting?.participant === member && meeting.canceledBy === member;
  });
  return theirs.length >= mostCancelations;
}

/** Scheduled, with a seat left. */
export function isOpen({ stage, isWithdrawn, seats, offer }: WindowState): boolean {
  return stage === "posted" && !isWithdrawn && seats.size < offer.maxParticipants;
}

/** Whether a member of that cohort, other than its owner, may book the window. */
export function isBookableBy(state: WindowState, member: string, cohort: string): boolean {
  return isOpen(state) && !state.seats.has(member) && state.offer.cohorts.includes(cohort);
}

export function overlaps(a: Times, b: Times): boolean {
  return a.startTime < b.endTime && b.startTime < a.endTime;
}

/** A window as clients or the tables show it, apart from what never changes. */
export interface Shown {
  readonly offer: Offer;
  readonly status: string;
  readonly participants: readonly string[];
}

export function shownOf(
  window: Parameters<typeof offerOf>[0] & {
    readonly status: string;
    readonly participants: readonly { readonly username: string }[];
  },
): Shown {
  const participants = window.participants.map(({ username }) => username);
  return { offer: offerOf(window), status: window.status, participants };
}

/** Who looks at a window. */
export interface Viewer {
  readonly username: string;
  readonly cohort: string;
  readonly isOwner: boolean;
}

/** Whether this is how the window looks to a member; or all that there is of it, where no viewer is given. */
export function looksLike(
  state: WindowState,
  { offer, status, participants }: Shown,
  viewer?: Viewer,
): boolean {
  const visible = viewer ? visibleTo(state, viewer) : [...state.seats.keys()];
  return (
    state.stage === "posted" &&
    status === statusOf(state) &&
    sameOffer(state.offer, offer) &&
    participants.length === visible.length &&
    participants.every((name) => visible.includes(name))
  );
}

/** One to one, a member sees themselves; of a group, whoever may book it or has a seat sees all; the owner always does. */
function visibleTo({ offer, seats }: WindowState, { username, cohort, isOwner }: Viewer): string[] {
  const seesAll = isOwner || (isGroup(offer) && (seats.has(username) || offer.cohorts.includes(cohort)));
  return [...seats.keys()].filter((name) => seesAll || name === username);
}

function statusOf(state: WindowState): AvailabilityStatus {
  if (state.isWithdrawn) return "CANCELED";
  return state.seats.size < state.offer.maxParticipants ? "SCHEDULED" : "BOOKED";
}

/** The time that a booking asks for; undefined where the choice that is needed was left out. */
export function askedSpan(
  offer: Offer,
  { startTime }: Procedures["availability.book"]["input"],
): Times | undefined {
  const start = startTime ?? (lastStart(offer) === Date.parse(offer.startTime) ? offer.startTime : undefined);
  if (start === undefined) return undefined;
  const end = Date.parse(start) + offer.durationMinutes * minute;
  return { startTime: start, endTime: isGroup(offer) ? offer.endTime : new Date(end).toISOString() };
}

/** The last instant at which a meeting may start beside what is taken; undefined where none may. */
export function lastFreeStart(offer: Offer, taken: readonly Times[]): number | undefined {
  const last = lastStart(offer);
  const length = Date.parse(offer.endTime) - (isGroup(offer) ? Date.parse(offer.startTime) : last);
  // The last one there is, or one whose meeting ends where something else begins.
  const starts = [last, ...taken.map(({ startTime }) => Date.parse(startTime) - length)];
  const free = starts.filter(
    (start) =>
      start >= Date.parse(offer.startTime) &&
      start <= last &&
      !taken.some((span) => Date.parse(span.startTime) < start + length && start < Date.parse(span.endTime)),
  );
  return free.length === 0 ? undefined : Math.max(...free);
}

/** The kind that a booking asks for; undefined where the choice that is needed was left out. */
export function askedType(offer: Offer, { type }: { type?: string }): string | undefined {
  return type ?? (isGroup(offer) || offer.types.length === 1 ? offer.types[0] : undefined);
}

/** Whether a meeting may start then. */
export function isPossibleStart(offer: Offer, startTime: string): boolean {
  return startTime >= offer.startTime && Date.parse(startTime) <= lastStart(offer);
}

function lastStart(offer: Offer): number {
  return isGroup(offer)
    ? Date.parse(offer.startTime)
    : Date.parse(offer.endTime) - offer.durationMinutes * minute;
}

/** A group meets for the whole window; one to one, a meeting lies inside. */
function fits(offer: Offer, meeting: Meeting | undefined): boolean {
  if (!meeting || !offer.types.includes(meeting.type)) return false;
  return isGroup(offer)
    ? meeting.startTime === offer.startTime && meeting.endTime === offer.endTime
    : meeting.startTime >= offer.startTime && meeting.endTime <= offer.endTime;
}

function isGroup({ maxParticipants }: { readonly maxParticipants: number }): boolean {
  return maxParticipants > 1;
}

function sameOffer(a: Offer, b: Offer): boolean {
  return a.description === b.description && JSON.stringify(a) === JSON.stringify(b);
}
