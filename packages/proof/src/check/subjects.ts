import type { Meeting } from "@kumite/core/meetings/schema";
import type { Attempt, Call, History } from "../history.ts";
import type { Accounts } from "./accounts.ts";
import type { AvailabilityState, Viewer } from "./availability-model.ts";
import type { Booking } from "./bookings.ts";
import { type Interval, timeOf } from "./interval.ts";
import type { Operation } from "./linearize.ts";
import type { Offer } from "./offer.ts";

/** Whether something is true in a state of an availability. */
export type Holds = (state: AvailabilityState) => boolean;

/** One availability, and all operations and looks on it. */
export interface Subject {
  readonly id: string;
  readonly owner: string;
  /** Every offer that it had, from its posting and its edits. */
  readonly offers: (Interval & { readonly offer: Offer })[];
  readonly operations: Operation<AvailabilityState>[];
  /** When its deletion was answered; infinite if it was not. */
  deleted: number;
}

/** The availabilities of a run, with everything that is known about them. */
export class Subjects {
  readonly history: History;
  readonly accounts: Accounts;
  readonly bookings: readonly Booking[];
  /** All meetings that were ever booked, by id. */
  readonly meetings: ReadonlyMap<string, Meeting>;
  /** Answers that are wrong in every order. */
  readonly violations: string[] = [];
  readonly #cohorts: ReadonlyMap<string, string>;
  readonly #bookingsOf: ReadonlyMap<string, readonly Booking[]>;
  readonly #subjects = new Map<string, Subject>();

  constructor(history: History, accounts: Accounts, bookings: readonly Booking[]) {
    this.history = history;
    this.accounts = accounts;
    this.bookings = bookings;
    this.meetings = new Map(bookings.map(({ meeting }) => [meeting.id, meeting]));
    const bookingsOf = new Map<string, Booking[]>();
    for (const booking of bookings) {
      for (const person of [booking.meeting.owner, booking.meeting.participant]) {
        bookingsOf.set(person, [...(bookingsOf.get(person) ?? []), booking]);
      }
    }
    this.#bookingsOf = bookingsOf;
    this.#cohorts = new Map(history.members.map(({ username, cohort }) => [username, cohort]));
  }

  get all(): readonly Subject[] {
    return [...this.#subjects.values()];
  }

  has(id: string): boolean {
    return this.#subjects.has(id);
  }

  begin(id: string, owner: string): void {
    this.#subjects.set(id, { id, owner, offers: [], operations: [], deleted: Number.POSITIVE_INFINITY });
  }

  /** Notes a deletion that was answered. */
  end(id: string, time: number): void {
    const subject = this.#subjects.get(id);
    if (subject) subject.deleted = time;
  }

  /** Adds an operation on an availability. Looks at one that nobody posted are reported elsewhere. */
  add(id: string, operation: Operation<AvailabilityState>): void {
    this.#subjects.get(id)?.operations.push(operation);
  }

  addOffer(id: string, time: Interval, offer: Offer): void {
    this.#subjects.get(id)?.offers.push({ ...time, offer });
  }

  /**
   * Adds a refusal: its reason must have been true at some moment.
   * @param reasons for each reason that this procedure may give, when it is true
   */
  addRefusal(id: string, call: Call, attempt: Attempt, reasons: Readonly<Record<string, Holds>> = {}): void {
    const { outcome } = attempt;
    // accounts.ts checks whether the caller has left.
    if (outcome.kind !== "refused" || outcome.code === "UNAUTHORIZED") return;
    const reason = outcome.reason ?? outcome.code;
    const describe = () => `call ${call.id}: ${call.procedure} by ${call.member} is refused as ${reason}`;
    const holds = reasons[reason];
    if (holds) this.add(id, { ...timeOf(attempt), describe, holds });
    else this.violations.push(`${describe()}, which nothing explains`);
  }

  /**
   * Whether another's availability may be hidden from a member: it does not exist, a block hides it, or its owner has
   * left.
   */
  isHidden(
    call: { readonly member: string; readonly input: { readonly owner: string } },
    time: Interval,
  ): Holds {
    const { owner } = call.input;
    const isApart =
      this.accounts.mayBeApart(call.member, owner, time) || this.accounts.mayHaveLeft(owner, time);
    return (state) => isApart || isNotThere(state);
  }

  isOwner(member: string, id: string): boolean {
    return this.#subjects.get(id)?.owner === member;
  }

  viewer(member: string, id: string): Viewer {
    return { username: member, cohort: this.cohortOf(member), isOwner: this.isOwner(member, id) };
  }

  /**
   * Returns the meetings that a person had in other availabilities during an interval.
   * @param except the availability whose own meetings do not count
   * @returns `possible`: those that they may have had at some moment; `certain`: those that they had at every moment
   */
  meetingsDuring(
    member: string,
    except: string,
    { start, end }: Interval,
  ): { possible: Meeting[]; certain: Meeting[] } {
    const others = (this.#bookingsOf.get(member) ?? []).filter(
      ({ meeting }) => meeting.availabilityId !== except,
    );
    const possible = others.filter(
      ({ created, canceled }) => created.start <= end && (!canceled || canceled.end >= start),
    );
    const certain = others.filter(
      ({ created, canceled }) => created.end <= start && (!canceled || canceled.start >= end),
    );
    const meetingOf = ({ meeting }: Booking) => meeting;
    return { possible: possible.map(meetingOf), certain: certain.map(meetingOf) };
  }

  cohortOf(member: string): string {
    return this.#cohorts.get(member) ?? "";
  }

  /**
   * Returns the offers that an availability may have had during an interval, without those that were certainly replaced
   * before.
   */
  offersDuring(id: string, { start, end }: Interval): Offer[] {
    const begun = (this.#subjects.get(id)?.offers ?? []).filter((offer) => offer.start <= end);
    const isReplaced = (one: Interval) => begun.some((other) => other.start > one.end && other.end < start);
    return begun.filter((offer) => !isReplaced(offer)).map(({ offer }) => offer);
  }
}

export function isNotThere({ stage }: AvailabilityState): boolean {
  return stage !== "posted";
}

export function takesPart(member: string, { owner, participant }: Meeting): boolean {
  return member === owner || member === participant;
}
