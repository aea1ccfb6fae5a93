import type { Community } from "@kumite/core/community/schema";
import { Temporal } from "temporal-polyfill";
import { type DemoMember, demoMembers } from "./members.ts";
import { Random } from "./random.ts";

export interface PlannedMember extends DemoMember {
  readonly email: string;
  readonly cohort: string;
  /** Whether this is a member to sign in as. They do more than others, so that there is something to see. */
  readonly isShown: boolean;
}

/** An availability to post, and who books it. Instants are ISO-8601 in UTC. */
export interface PlannedAvailability {
  readonly owner: PlannedMember;
  readonly startTime: string;
  readonly endTime: string;
  readonly durationMinutes: number;
  readonly types: readonly string[];
  readonly cohorts: readonly string[];
  readonly maxParticipants: number;
  readonly description: string;
}

interface PlannedBooking {
  readonly availability: PlannedAvailability;
  readonly participant: PlannedMember;
  readonly startTime: string;
  readonly type: string;
}

export interface DemoPlan {
  readonly members: readonly PlannedMember[];
  readonly availabilities: readonly PlannedAvailability[];
  readonly bookings: readonly PlannedBooking[];
}

/** The cohorts and types that may be chosen now. */
type Choices = Pick<Community, "cohorts" | "types">;

const shownMembers = 2;
/** The e-mail address of the demo member who is an admin. */
export const demoAdmin = emailOf(demoMembers[shownMembers]?.name ?? "");
const days = 21;
const minuteMs = 60_000;
const startStepMinutes = 30;

const weekdayHours = [7, 12, 17, 18, 19];
const weekendHours = [9, 10, 11, 14, 15, 16];
const wakingHours = { from: 7, to: 21 };

const descriptions = [
  "Relaxed pace, questions welcome.",
  "Bring one thing that you would like to get better at.",
  "We warm up together, then work in turns.",
  "Good for a first time together.",
  "Focused and friendly. Keep a glass of water at hand.",
  "",
];

/**
 * Plans what the demo community does in the three weeks after a day. The same day gives the same plan, and plans of
 * different days agree on each date, so that a later plan adds to an earlier one.
 *
 * @param today the day in UTC; everything planned is after it
 */
export function planDemo(today: Temporal.PlainDate, community: Choices): DemoPlan {
  const members = demoMembers.map((member, index) => ({
    ...member,
    email: emailOf(member.name),
    // Neighbors in the list get different cohorts, and every cohort gets members.
    cohort: community.cohorts[index % community.cohorts.length] ?? "",
    isShown: index < shownMembers,
  }));
  const availabilities = members
    .flatMap((owner) => planAvailabilities(owner, today, community))
    .sort((one, other) => one.startTime.localeCompare(other.startTime));
  const agenda = new Agenda();
  const bookings = availabilities.flatMap((availability) => planBookings(availability, members, agenda));
  return { members, availabilities, bookings };
}

function planAvailabilities(
  owner: PlannedMember,
  today: Temporal.PlainDate,
  community: Choices,
): PlannedAvailability[] {
  const firstInstant = Date.parse(`${today.add({ days: 1 })}T01:00:00Z`);
  return Array.from({ length: days }, (_, day) => today.add({ days: day + 1 }))
    .flatMap((date) => planAvailability(owner, date, community) ?? [])
    .filter(({ startTime }) => Date.parse(startTime) >= firstInstant);
}

/** Plans the availability that a member offers on a date in their own time zone, if any. */
function planAvailability(
  owner: PlannedMember,
  date: Temporal.PlainDate,
  community: Choices,
): PlannedAvailability | undefined {
  const random = new Random(`${owner.email} ${date}`);
  if (!random.chance(owner.isShown ? 60 : 24)) return undefined;

  const hour = random.pick(date.dayOfWeek > 5 ? weekendHours : weekdayHours);
  const time = Temporal.PlainTime.from({ hour, minute: random.chance(70) ? 0 : 30 });
  const start = date.toZonedDateTime({ timeZone: owner.timezone, plainTime: time }).epochMilliseconds;

  const types = random.shuffle(community.types).slice(0, random.chance(60) ? 1 : 2);
  const isGroup = random.chance(30);
  const longestType = Math.max(...types.map((type) => type.durationMinutes));
  const length = isGroup ? longestType : Math.max(longestType, random.pick([60, 90, 120, 180]));
  return {
    owner,
    startTime: isoTime(start),
    endTime: isoTime(start + length * minuteMs),
    durationMinutes: longestType,
    types: types.map((type) => type.id),
    cohorts: random.chance(55)
      ? community.cohorts
      : cohortsAround(community, owner.cohort, random.between(1, 2)),
    maxParticipants: isGroup ? random.between(4, 10) : 1,
    description: random.pick(descriptions),
  };
}

function planBookings(
  availability: PlannedAvailability,
  members: readonly PlannedMember[],
  agenda: Agenda,
): PlannedBooking[] {
  const { owner, maxParticipants, durationMinutes } = availability;
  const random = new Random(`${owner.email} ${availability.startTime}`);
  if (!random.chance(owner.isShown ? 75 : 35)) return [];

  const latest = Date.parse(availability.endTime) - durationMinutes * minuteMs;
  const steps = Math.floor((latest - Date.parse(availability.startTime)) / (startStepMinutes * minuteMs));
  const start = Date.parse(availability.startTime) + random.between(0, steps) * startStepMinutes * minuteMs;
  const end = start + durationMinutes * minuteMs;
  if (!agenda.isFree(owner, start, end)) return [];

  const seats = maxParticipants === 1 ? 1 : random.between(1, maxParticipants - 1);
  const shuffled = random.shuffle(members);
  const inOrder = random.chance(25)
    ? shuffled.toSorted((one, other) => +other.isShown - +one.isShown)
    : shuffled;
  const participants = inOrder
    .filter((member) => member !== owner && availability.cohorts.includes(member.cohort))
    .filter((member) => agenda.isFree(member, start, end) && isAwake(member, start))
    .slice(0, seats);
  for (const member of participants.length > 0 ? [owner, ...participants] : [])
    agenda.enter(member, start, end);
  return participants.map((participant) => ({
    availability,
    participant,
    startTime: isoTime(start),
    type: random.pick(availability.types),
  }));
}

/** Who is busy when, so that members never have two meetings at once. */
class Agenda {
  readonly #meetings = new Map<string, { start: number; end: number }[]>();

  isFree(member: PlannedMember, start: number, end: number): boolean {
    return !this.#meetings.get(member.email)?.some((meeting) => meeting.start < end && start < meeting.end);
  }

  enter(member: PlannedMember, start: number, end: number): void {
    this.#meetings.set(member.email, [...(this.#meetings.get(member.email) ?? []), { start, end }]);
  }
}

function cohortsAround({ cohorts }: Choices, cohort: string, distance: number): string[] {
  const center = cohorts.indexOf(cohort);
  return cohorts.slice(Math.max(0, center - distance), center + distance + 1);
}

function isAwake({ timezone }: PlannedMember, start: number): boolean {
  const { hour } = Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(timezone);
  return hour >= wakingHours.from && hour < wakingHours.to;
}

function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/** `Lucía Ferreyra` becomes lucia.ferreyra@example.com. */
function emailOf(name: string): string {
  const plain = name.normalize("NFD").replace(/\p{Mark}/gu, "");
  return `${plain.toLowerCase().replaceAll(" ", ".")}@example.com`;
}
