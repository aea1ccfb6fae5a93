/** Small histories by hand: what the checker makes of an answer, alone and beside what went on meanwhile. */
import type { Availability } from "@kumite/core/availabilities/schema";
import type { Meeting } from "@kumite/core/meetings/schema";
import { describe, expect, test } from "vitest";
import { checkHistory } from "../src/check/index.ts";
import type { Call, Outcome, Procedure, Procedures, Span } from "../src/history.ts";
import type { Tables } from "../src/tables.ts";

/** As many as two transactions of a withdrawal free. */
const crowd = Array.from({ length: 24 }, (_, index) => `guest ${index}`);
const members = [
  ...crowd.map((username) => ({ username, cohort: "White" })),
  { username: "owner", cohort: "White" },
  { username: "ann", cohort: "White" },
  { username: "ben", cohort: "White" },
  { username: "zoe", cohort: "Black" },
];
const at = (hour: number) => new Date(Date.UTC(2027, 0, 1, hour)).toISOString();
const day = { from: at(0), to: at(24) };

/** The availability of most stories: an hour, one to one. */
function shown(changes: Partial<Availability> = {}): Availability {
  return {
    owner: "owner",
    id: "window",
    ownerDisplayName: "",
    ownerCohort: "White",
    startTime: at(10),
    endTime: at(11),
    durationMinutes: 60,
    types: ["kata"],
    cohorts: ["White"],
    maxParticipants: 1,
    bookings: "one",
    taken: [],
    participants: [],
    location: "",
    description: "posted",
    status: "SCHEDULED",
    createdAt: "",
    updatedAt: "",
    ...changes,
  };
}

function meeting(participant: string, changes: Partial<Meeting> = {}): Meeting {
  return {
    id: `${participant}'s`,
    availabilityId: "window",
    owner: "owner",
    ownerDisplayName: "",
    participant,
    participantDisplayName: "",
    startTime: at(10),
    endTime: at(11),
    type: "kata",
    location: "",
    description: "posted",
    status: "SCHEDULED",
    createdAt: "",
    updatedAt: "",
    ...changes,
  };
}

interface Step {
  readonly member: string;
  readonly procedure: Procedure;
  readonly input: unknown;
  readonly outcome: Outcome;
  readonly time: readonly [number, number];
}

const lost = { kind: "unknown", why: "ECONNRESET" } as const;
type Answer<P extends Procedure> = Procedures[P]["output"] | string | typeof lost;

/** A call between two moments. What it is answered: a reason for its refusal, or nothing at all, or what was asked for. */
function step<P extends Procedure>(
  time: readonly [number, number],
  member: string,
  procedure: P,
  input: Procedures[P]["input"],
  answer: Answer<P>,
): Step {
  const isLost = typeof answer === "object" && "kind" in answer;
  const outcome: Outcome =
    typeof answer === "string"
      ? answer === "UNAUTHORIZED"
        ? { kind: "refused", code: answer }
        : { kind: "refused", code: "CONFLICT", reason: answer }
      : isLost
        ? lost
        : { kind: "ok", data: answer };
  return { member, procedure, input, outcome, time };
}

function post(
  time: readonly [number, number],
  availability = shown(),
  answer: Answer<"availability.set"> = availability,
): Step {
  const { startTime, endTime, durationMinutes, types, cohorts, maxParticipants } = availability;
  const { bookings, link = "", description } = availability;
  const input = {
    startTime,
    endTime,
    durationMinutes,
    types,
    cohorts,
    maxParticipants,
    bookings,
    link,
    description,
  };
  return step(time, availability.owner, "availability.set", input, answer);
}

function edit(
  time: readonly [number, number],
  availability: Availability,
  answer: Answer<"availability.set"> = availability,
): Step {
  const { input, ...posted } = post(time, availability, answer);
  return { ...posted, input: { ...(input as object), id: availability.id } };
}

function book(
  time: readonly [number, number],
  member: string,
  answer: Answer<"availability.book"> = meeting(member),
  availability = shown(),
): Step {
  return step(time, member, "availability.book", { owner: availability.owner, id: availability.id }, answer);
}

function cancel(
  time: readonly [number, number],
  member: string,
  of: Meeting,
  answer?: Answer<"meeting.cancel">,
): Step {
  return step(time, member, "meeting.cancel", { id: of.id }, answer ?? canceled(of, member));
}

function canceled(of: Meeting, canceledBy: string): Meeting {
  return { ...of, status: "CANCELED", canceledBy };
}

function remove(time: readonly [number, number], answer: Answer<"availability.delete"> = shown()): Step {
  return step(time, "owner", "availability.delete", { id: "window" }, answer);
}

function search(
  time: readonly [number, number],
  member: string,
  items: Availability[],
  span: Span = day,
): Step {
  return step(time, member, "availability.search", { ...span, limit: 100 }, { items });
}

/** The owner's calendar. */
function calendar(
  time: readonly [number, number],
  availabilities: Availability[],
  span: Span = day,
  meetings: Meeting[] = [],
): Step {
  return step(time, "owner", "calendar.get", span, { availabilities, meetings });
}

function list(time: readonly [number, number], items: Availability[]): Step {
  return step(time, "owner", "availability.list", { limit: 100 }, { items });
}

/** @param answer the availability as withdrawn, with nobody in it, if left out */
function withdraw(
  time: readonly [number, number],
  availability = shown(),
  answer: Answer<"availability.withdraw"> = {
    ...availability,
    status: "CANCELED",
    taken: [],
    participants: [],
  },
): Step {
  return step(time, "owner", "availability.withdraw", { id: "window" }, answer);
}

function get(time: readonly [number, number], member: string, availability: Availability): Step {
  return step(time, member, "availability.get", { owner: "owner", id: "window" }, availability);
}

/** What the checker says of a story that ended with such tables; in the end all have searched. */
function verdict(
  steps: readonly Step[],
  availabilities: readonly Availability[],
  meetings: readonly Meeting[] = [],
): string {
  const end = 1_000;
  const left = steps.filter(({ procedure }) => procedure === "user.delete").map(({ member }) => member);
  const here = members.filter(({ username }) => !left.includes(username));
  const searches = here.map(({ username, cohort }) => {
    const found = availabilities
      .map(anonymousView)
      .filter(
        (availability) =>
          availability.status === "SCHEDULED" &&
          availability.ownerBusy?.[0]?.endTime !== availability.endTime &&
          availability.owner !== username &&
          availability.cohorts.includes(cohort) &&
          !availability.participants.some((participant) => participant.username === username),
      );
    return search([end, end + 1], username, found);
  });
  const calls = [...steps, ...searches].map(
    ({ time: [start, end], outcome, ...call }, index) =>
      ({ id: index + 1, list: index + 1, attempts: [{ start, end, outcome }], ...call }) as unknown as Call,
  );
  const tables: Tables = {
    availabilities: availabilities.map((availability) => ({
      ...availability,
      seats: Object.fromEntries(
        availability.participants.map(({ username }) => {
          const held = meetings.find(
            ({ availabilityId, participant, status }) =>
              availabilityId === availability.id && participant === username && status === "SCHEDULED",
          );
          return [username, { ...(held ?? availability), meetingId: held?.id ?? "" }];
        }),
      ),
      closed: availability.taken.filter(
        ({ startTime }) => !meetings.some((one) => one.status === "SCHEDULED" && one.startTime === startTime),
      ),
    })),
    meetings,
    disagreements: [],
  };
  return checkHistory({ seed: 0, members, calls }, tables)
    .map(({ what }) => what)
    .join("\n");
}

function takenBy(username: string, availability = shown()): Availability {
  const { startTime, endTime, maxParticipants } = availability;
  return {
    ...availability,
    status: "BOOKED",
    taken: maxParticipants > 1 ? [] : [{ startTime, endTime }],
    participants: [{ username, displayName: "", cohort: "White" }],
  };
}

/** What others see of an availability that is not booked. */
function anonymousView({ link, ...availability }: Availability): Availability {
  return availability.maxParticipants > 1 ? availability : { ...availability, participants: [] };
}

/** The availability, made an hour longer, and a span that it reaches into only then. */
const longer = shown({ endTime: at(12), description: "edited" });
const brief = shown({ description: "edited" });
const afternoon = { from: at(11), to: at(24) };
const ann = meeting("ann");
const ben = meeting("ben");

/** Two hours for several bookings. */
const several = shown({ endTime: at(12), bookings: "several" });
const first = { startTime: at(10), endTime: at(11) };
const second = { startTime: at(11), endTime: at(12) };
const benSecond = meeting("ben", second);
const severalWith = (
  names: string[],
  taken: Availability["taken"],
  changes: Partial<Availability> = {},
): Availability => ({
  ...several,
  taken,
  participants: names.map((username) => ({ username, displayName: "", cohort: "White" })),
  ...changes,
});
const bookAt = (
  time: readonly [number, number],
  of: Meeting,
  answer: Answer<"availability.book"> = of,
): Step =>
  step(
    time,
    of.participant,
    "availability.book",
    { owner: "owner", id: "window", startTime: of.startTime },
    answer,
  );

/** An hour for three, in which two have a seat. */
const group = shown({ maxParticipants: 3 });
const groupWith = (names: string[], changes: Partial<Availability> = {}): Availability => ({
  ...group,
  participants: names.map((username) => ({ username, displayName: "", cohort: "White" })),
  ...changes,
});
const largeOnly = { maxParticipants: 24 };
const large = shown(largeOnly);
const twoInGroup = [post([0, 1], group), book([2, 3], "ann"), book([4, 5], "ben")];
const bothWithdrawn = [canceled(ann, "owner"), canceled(ben, "owner")];

const linked = shown({ link: "https://meet.example.com/1" });
const annLinked = meeting("ann", { link: "https://meet.example.com/1" });

/** The owner has a meeting of ben's at the time of their availability. */
const bens = shown({ id: "bens", owner: "ben", description: "ben's" });
const owners = meeting("owner", {
  id: "owner's",
  availabilityId: "bens",
  owner: "ben",
  description: "ben's",
});
const busyOwner = [
  post([0, 1]),
  post([0, 1], bens),
  step([2, 3], "owner", "availability.book", { owner: "ben", id: "bens" }, owners),
];
const ownersTime = { startTime: owners.startTime, endTime: owners.endTime };

/** Three times ann books and cancels the availability. */
const churned = [1, 2, 3].map((number) => meeting("ann", { id: `ann's ${number}` }));
const threeTimes = [
  post([0, 1]),
  ...churned.flatMap((of, index) => [
    book([10 * index + 2, 10 * index + 3], "ann", of),
    cancel([10 * index + 4, 10 * index + 5], "ann", of),
  ]),
];

const profile = (username: string, displayName = "") => ({ username, displayName });
const block = (time: readonly [number, number], member: string, username: string): Step =>
  step(time, member, "user.block", { username }, { blocked: [profile(username)] });
const unblock = (time: readonly [number, number], member: string, username: string): Step =>
  step(time, member, "user.unblock", { username }, { blocked: [] });
const rename = (time: readonly [number, number], member: string, displayName: string): Step =>
  step(time, member, "user.set", { displayName }, profile(member, displayName));
const leave = (time: readonly [number, number], member: string): Step =>
  step(time, member, "user.delete", { displayName: "" }, { deletedAt: "" });
const getRefused = (time: readonly [number, number], member: string, reason: string): Step =>
  step(time, member, "availability.get", { owner: "owner", id: "window" }, reason);
/** The reason that is given to the others. */
const left = (of: Meeting, canceledBy: string): Meeting => ({
  ...canceled(of, canceledBy),
  cancelReason: "This member has left.",
});

/** Two who book and cancel, one after the other. */
const bothCanceled = [
  post([0, 1]),
  book([2, 3], "ann"),
  cancel([4, 5], "ann", ann),
  book([6, 7], "ben"),
  cancel([8, 9], "ben", ben),
];

describe("what some order explains", () => {
  test.each<[string, Step[], Availability[], Meeting[]?]>([
    ["an availability that is posted", [post([0, 1])], [shown()]],
    ["a booking", [post([0, 1]), book([2, 3], "ann")], [takenBy("ann")], [ann]],
    [
      "the same booking twice",
      [post([0, 1]), book([2, 3], "ann"), book([4, 5], "ann")],
      [takenBy("ann")],
      [ann],
    ],
    [
      "a refusal beside the booking that won",
      [post([0, 1]), book([2, 9], "ann"), book([3, 4], "ben", "ALREADY_BOOKED")],
      [takenBy("ann")],
      [ann],
    ],
    [
      "a refusal beside the cancelation that came too late for it",
      [post([0, 1]), book([2, 3], "ann"), cancel([4, 9], "ann", ann), book([5, 6], "ben", "ALREADY_BOOKED")],
      [shown()],
      [canceled(ann, "ann")],
    ],
    [
      "a seat that is booked again once it is free",
      [post([0, 1]), book([2, 3], "ann"), cancel([4, 9], "ann", ann), book([5, 6], "ben")],
      [takenBy("ben")],
      [canceled(ann, "ann"), ben],
    ],
    [
      "a calendar that leaves out canceled meetings, and says so",
      [
        ...bothCanceled,
        step([10, 11], "owner", "calendar.get", day, {
          availabilities: [shown()],
          meetings: [canceled(ben, "ben")],
          canceledLeftOut: 1,
        }),
      ],
      [shown()],
      [canceled(ann, "ann"), canceled(ben, "ben")],
    ],
    [
      "an availability that its owner's cancelation has withdrawn",
      [
        post([0, 1]),
        book([2, 3], "ann"),
        cancel([4, 5], "owner", ann),
        book([6, 7], "ben", "ALREADY_BOOKED"),
      ],
      [shown({ status: "CANCELED" })],
      [canceled(ann, "owner")],
    ],
    [
      "a refusal after an edit that lets the cohort in no more",
      [
        post([0, 1]),
        edit([2, 9], shown({ cohorts: ["Black"], description: "edited" })),
        book([3, 4], "ann", "COHORT_NOT_ALLOWED"),
      ],
      [shown({ cohorts: ["Black"], description: "edited" })],
    ],
    [
      "a search beside a booking, before it and after it",
      [post([0, 1]), book([2, 9], "ann"), search([3, 4], "ben", [shown()]), search([5, 6], "ben", [])],
      [takenBy("ann")],
      [ann],
    ],
    [
      "a calendar and a search beside an edit that moves the availability's end into their span, before it and after it",
      [
        post([0, 1]),
        edit([2, 9], longer),
        calendar([3, 4], [], afternoon),
        search([3, 4], "ann", [], afternoon),
        calendar([5, 6], [longer], afternoon),
        search([5, 6], "ann", [longer], afternoon),
      ],
      [longer],
    ],
    [
      "a calendar beside an edit that moves the availability's end out of its span",
      [post([0, 1], longer), edit([2, 9], brief), calendar([3, 4], [], afternoon)],
      [brief],
    ],
    [
      "a calendar that shows the availability as it is once an edit has moved it out of the span",
      [post([0, 1], longer), edit([2, 9], brief), calendar([3, 4], [brief], afternoon)],
      [brief],
    ],
    [
      "a calendar and lists without what is outside their span, or not there yet",
      [
        calendar([0, 1], []),
        list([0, 1], []),
        post([2, 3]),
        book([4, 5], "ann"),
        calendar([6, 7], [], afternoon),
        step([6, 7], "ann", "meeting.list", { ...afternoon, limit: 100 }, { items: [] }),
      ],
      [takenBy("ann")],
      [ann],
    ],
    [
      "two bookings of their own times in one availability, and a refusal of the time that is taken",
      [
        post([0, 1], several),
        bookAt([2, 3], ann),
        bookAt([4, 5], meeting("ben"), "ALREADY_BOOKED"),
        get([6, 7], "ben", severalWith([], [first])),
        bookAt([8, 9], benSecond),
        get([10, 11], "owner", severalWith(["ann", "ben"], [first, second], { status: "BOOKED" })),
      ],
      [severalWith(["ann", "ben"], [first, second], { status: "BOOKED" })],
      [ann, benSecond],
    ],
    [
      "a booking without a start where others have left only the first",
      [post([0, 1], several), bookAt([2, 3], benSecond), book([4, 5], "ann")],
      [severalWith(["ben", "ann"], [first, second], { status: "BOOKED" })],
      [ann, benSecond],
    ],
    [
      "a time that stays closed when the owner cancels, and one that opens when the participant does",
      [
        post([0, 1], several),
        bookAt([2, 3], ann),
        bookAt([4, 5], benSecond),
        cancel([6, 7], "owner", ann),
        cancel([8, 9], "ben", benSecond),
        get([10, 11], "ann", severalWith([], [first])),
        bookAt([12, 13], ann, "ALREADY_BOOKED"),
      ],
      [severalWith([], [first])],
      [canceled(ann, "owner"), canceled(benSecond, "ben")],
    ],
    [
      "a withdrawal, each moment of it, and a booking that comes too late",
      [
        ...twoInGroup,
        withdraw([6, 20], group),
        get([7, 8], "ann", groupWith(["ann", "ben"])),
        get([9, 10], "ann", groupWith(["ben"], { status: "CANCELED" })),
        book([11, 12], "zoe", "ALREADY_BOOKED"),
        get([13, 14], "ann", groupWith([], { status: "CANCELED" })),
        book([21, 22], "ann", "ALREADY_BOOKED"),
      ],
      [groupWith([], { status: "CANCELED" })],
      bothWithdrawn,
    ],
    [
      "a withdrawal that was cut short, and finished by another one",
      [
        ...twoInGroup,
        withdraw([6, 7], group, lost),
        get([8, 9], "ann", groupWith(["ben"], { status: "CANCELED" })),
        withdraw([10, 11], group),
      ],
      [groupWith([], { status: "CANCELED" })],
      bothWithdrawn,
    ],
    [
      "two withdrawals of a large group at once, seen when some of its seats are left",
      [
        post([0, 1], large),
        ...crowd.map((name, index) => book([2 + index, 2.5 + index], name, meeting(name), large)),
        withdraw([50, 60], large, lost),
        withdraw([50, 60], large),
        get([51, 60], "owner", { ...groupWith(crowd.slice(0, 5), { status: "CANCELED" }), ...largeOnly }),
      ],
      [{ ...large, status: "CANCELED" }],
      crowd.map((name) => canceled(meeting(name), "owner")),
    ],
    [
      "a withdrawal that was cut short, and finished by an edit that opens the availability again",
      [...twoInGroup, withdraw([6, 7], group, lost), edit([8, 9], groupWith([], { description: "edited" }))],
      [groupWith([], { description: "edited" })],
      bothWithdrawn,
    ],
    [
      "a withdrawal beside the deletion of the availability",
      [post([0, 1]), withdraw([2, 9]), remove([3, 4])],
      [],
    ],
    [
      "a link that the owner and the participant see, and nobody else",
      [
        post([0, 1], linked),
        get([2, 3], "owner", linked),
        get([2, 3], "ann", shown()),
        book([4, 5], "ann", annLinked),
        get([6, 7], "ann", takenBy("ann")),
        get([6, 7], "ben", { ...takenBy("ann"), participants: [] }),
        step([6, 7], "owner", "meeting.get", { id: ann.id }, annLinked),
      ],
      [takenBy("ann", linked)],
      [annLinked],
    ],
    [
      "participants of a group that those see who may book it, and those who have a seat",
      [
        ...twoInGroup,
        get([6, 7], "owner", groupWith(["ann", "ben"])),
        get([6, 7], "zoe", groupWith([])),
        edit([8, 9], groupWith(["ann", "ben"], { cohorts: ["Black"], description: "edited" })),
        get([10, 11], "ann", groupWith(["ann", "ben"], { cohorts: ["Black"], description: "edited" })),
        get([10, 11], "zoe", groupWith(["ann", "ben"], { cohorts: ["Black"], description: "edited" })),
      ],
      [groupWith(["ann", "ben"], { cohorts: ["Black"], description: "edited" })],
      [meeting("ann", { description: "edited" }), meeting("ben", { description: "edited" })],
    ],
    [
      "an availability that search does not offer while its owner is busy, nor lets them post",
      [
        ...busyOwner.slice(1),
        post([4, 5], shown(), "OWNER_BUSY"),
        post([6, 7], shown({ endTime: at(12), durationMinutes: 30 })),
        search([8, 9], "ann", [shown({ endTime: at(12), durationMinutes: 30, ownerBusy: [ownersTime] })]),
        edit([10, 11], shown(), "OWNER_BUSY"),
      ],
      [shown({ endTime: at(12), durationMinutes: 30, ownerBusy: [ownersTime] }), takenBy("owner", bens)],
      [owners],
    ],
    [
      "an edit that leaves the times alone, though the owner is busy by then",
      [...busyOwner, edit([4, 5], brief)],
      [{ ...brief, ownerBusy: [ownersTime] }, takenBy("owner", bens)],
      [owners],
    ],
    [
      "a block: neither finds, reads or books, until it ends",
      [
        post([0, 1]),
        block([2, 3], "owner", "ann"),
        getRefused([4, 5], "ann", "NOT_FOUND"),
        search([4, 5], "ann", []),
        book([4, 5], "ann", "NOT_FOUND"),
        get([4, 5], "ben", shown()),
        unblock([6, 7], "owner", "ann"),
        book([8, 9], "ann"),
      ],
      [takenBy("ann")],
      [ann],
    ],
    [
      "looks beside a block, before it and after it",
      [
        post([0, 1]),
        block([2, 9], "ann", "owner"),
        get([3, 4], "ann", shown()),
        getRefused([5, 6], "ann", "NOT_FOUND"),
        unblock([10, 11], "ann", "owner"),
      ],
      [shown()],
    ],
    [
      "a new name, before it is given and after it",
      [
        rename([0, 9], "owner", "New"),
        step([1, 2], "ann", "user.get", { username: "owner" }, profile("owner")),
        step([3, 4], "ann", "user.get", { username: "owner" }, profile("owner", "New")),
      ],
      [],
    ],
    [
      "an owner who leaves, and everything of them",
      [
        post([0, 1]),
        book([2, 3], "ann"),
        leave([4, 5], "owner"),
        getRefused([6, 7], "ben", "NOT_FOUND"),
        step([6, 7], "ben", "user.get", { username: "owner" }, "NOT_FOUND"),
        step([6, 7], "owner", "availability.list", { limit: 100 }, "UNAUTHORIZED"),
        step([6, 7], "ann", "meeting.get", { id: ann.id }, ann),
        step([20, 21], "ann", "meeting.get", { id: ann.id }, left(ann, "owner")),
      ],
      [],
      [left(ann, "owner")],
    ],
    [
      "a participant who leaves, and whose seat is free again",
      [post([0, 1]), book([2, 3], "ann"), leave([4, 5], "ann"), book([20, 21], "ben")],
      [takenBy("ben")],
      [left(ann, "ann"), ben],
    ],
    [
      "three bookings that their participant cancels, and no fourth",
      [...threeTimes, book([40, 41], "ann", "BOOKED_TOO_OFTEN")],
      [shown()],
      churned.map((of) => canceled(of, "ann")),
    ],
  ])("%s", (_, steps, availabilities, meetings) => {
    expect(verdict(steps, availabilities, meetings)).toBe("");
  });
});

describe("what an answer that was lost explains", () => {
  test.each<[string, Step[], Availability[], Meeting[]?]>([
    ["a booking that was made", [post([0, 1]), book([2, 3], "ann", lost)], [takenBy("ann")], [ann]],
    ["a booking that was not", [post([0, 1]), book([2, 3], "ann", lost)], [shown()]],
    [
      "a refusal long after the booking that was made",
      [post([0, 1]), book([2, 3], "ann", lost), book([50, 51], "ben", "ALREADY_BOOKED")],
      [takenBy("ann")],
      [ann],
    ],
    ["an availability that nobody was told of", [post([0, 1], shown(), lost)], [shown()]],
    [
      "an availability that is gone",
      [post([0, 1]), remove([2, 3], lost), book([4, 5], "ann", "NOT_FOUND")],
      [],
    ],
    [
      "a cancelation",
      [post([0, 1]), book([2, 3], "ann"), cancel([4, 5], "ann", ann, lost), book([6, 7], "ben")],
      [takenBy("ben")],
      [canceled(ann, "ann"), ben],
    ],
    [
      "an edit that others see",
      [
        post([0, 1]),
        edit([2, 3], shown({ description: "edited" }), lost),
        search([4, 5], "ann", [shown({ description: "edited" })]),
      ],
      [shown({ description: "edited" })],
    ],
  ])("%s", (_, steps, availabilities, meetings) => {
    expect(verdict(steps, availabilities, meetings)).toBe("");
  });
});

describe("what no order explains", () => {
  const other = shown({ id: "other", owner: "ben", startTime: at(10), endTime: at(11) });
  const annAtOther = meeting("ann", { id: "ann's other", availabilityId: "other", owner: "ben" });

  test.each<[string, string, Step[], Availability[], Meeting[]?]>([
    [
      "a refusal while the seat was free",
      "ALREADY_BOOKED",
      [post([0, 1]), book([2, 3], "ben", "ALREADY_BOOKED")],
      [shown()],
    ],
    [
      "a refusal before the booking was asked for",
      "ALREADY_BOOKED",
      [post([0, 1]), book([2, 3], "ben", "ALREADY_BOOKED"), book([4, 5], "ann")],
      [takenBy("ann")],
      [ann],
    ],
    [
      "a refusal after the cancelation was answered",
      "ALREADY_BOOKED",
      [post([0, 1]), book([2, 3], "ann"), cancel([4, 5], "ann", ann), book([6, 7], "ben", "ALREADY_BOOKED")],
      [shown()],
      [canceled(ann, "ann")],
    ],
    [
      "a refusal because of a booking that was lost and never made",
      "ALREADY_BOOKED",
      [post([0, 1]), book([2, 3], "ann", lost), book([4, 5], "ben", "ALREADY_BOOKED")],
      [shown()],
    ],
    [
      "two in one seat",
      "books meeting",
      [post([0, 1]), book([2, 9], "ann"), book([2, 9], "ben")],
      [takenBy("ann")],
      [ann, ben],
    ],
    [
      "a booking that is not there",
      "acknowledged and is not there",
      [post([0, 1]), book([2, 3], "ann")],
      [shown()],
    ],
    [
      "a booking of somebody else's",
      "answered another",
      [post([0, 1]), book([2, 3], "ann", ben), book([4, 5], "ben")],
      [takenBy("ben")],
      [ben],
    ],
    [
      "a cancelation that does not hold",
      "does not hold",
      [post([0, 1]), book([2, 3], "ann"), cancel([4, 5], "ann", ann)],
      [takenBy("ann")],
      [ann],
    ],
    ["a meeting that nobody asked for", "nobody asked for", [post([0, 1])], [takenBy("ann")], [ann]],
    [
      "a cancelation that nobody asked for",
      "nobody asked to cancel",
      [post([0, 1]), book([2, 3], "ann")],
      [shown()],
      [canceled(ann, "ann")],
    ],
    ["an availability that nobody posted", "nobody posted", [], [shown()]],
    ["an availability that is gone, and nobody deleted it", "does not show it", [post([0, 1])], []],
    [
      "what is not found, though it is there",
      "NOT_FOUND",
      [post([0, 1]), book([2, 3], "ann", "NOT_FOUND")],
      [shown()],
    ],
    [
      "an availability that somebody else deletes",
      "deletes it",
      [post([0, 1]), { ...remove([2, 3]), member: "ann" }],
      [shown()],
    ],
    ["bookings that nobody made", "HAS_BOOKINGS", [post([0, 1]), remove([2, 3], "HAS_BOOKINGS")], [shown()]],
    [
      "a cohort that is let in",
      "COHORT_NOT_ALLOWED",
      [post([0, 1]), book([2, 3], "ann", "COHORT_NOT_ALLOWED")],
      [shown()],
    ],
    [
      "a cohort that is not let in",
      "books meeting",
      [post([0, 1]), book([2, 3], "zoe")],
      [takenBy("zoe")],
      [meeting("zoe")],
    ],
    [
      "a canceled meeting that nobody canceled before",
      "ALREADY_CANCELED",
      [
        post([0, 1]),
        book([2, 3], "ann"),
        cancel([4, 5], "owner", ann, "ALREADY_CANCELED"),
        cancel([6, 7], "ann", ann),
      ],
      [shown()],
      [canceled(ann, "ann")],
    ],
    [
      "an edit that breaks a booked seat",
      "edits it",
      [
        post([0, 1]),
        book([2, 3], "ann"),
        edit([4, 5], takenBy("ann", shown({ startTime: at(12), endTime: at(13), description: "edited" }))),
      ],
      [takenBy("ann", shown({ startTime: at(12), endTime: at(13), description: "edited" }))],
      [ann],
    ],
    [
      "somebody in two places",
      "member ann: no order explains",
      [post([0, 1]), post([2, 3], other), book([4, 9], "ann"), book([4, 9], "ann", annAtOther, other)],
      [takenBy("ann"), takenBy("ann", other)],
      [ann, annAtOther],
    ],
    [
      "somebody busy with nothing",
      "OVERLAPS_MEETING",
      [post([0, 1]), book([2, 3], "ann", "OVERLAPS_MEETING")],
      [shown()],
    ],
    [
      "an owner busy with nothing",
      "OWNER_BUSY",
      [post([0, 1]), book([2, 3], "ann", "OWNER_BUSY")],
      [shown()],
    ],
    [
      "an owner busy only once the call was answered",
      "OWNER_BUSY",
      [
        post([0, 1]),
        post([2, 3], shown({ id: "second", description: "second" })),
        book([4, 5], "ann", "OWNER_BUSY"),
        book(
          [6, 7],
          "ben",
          meeting("ben", { availabilityId: "second", description: "second" }),
          shown({ id: "second" }),
        ),
      ],
      [shown(), takenBy("ben", shown({ id: "second", description: "second" }))],
      [meeting("ben", { availabilityId: "second", description: "second" })],
    ],
    [
      "a free seat that a search does not find",
      "does not show it",
      [post([0, 1]), search([2, 3], "ann", [])],
      [shown()],
    ],
    [
      "a full availability that a search finds",
      "shows",
      [post([0, 1]), book([2, 3], "ann"), search([4, 5], "ben", [shown()])],
      [takenBy("ann")],
      [ann],
    ],
    [
      "an availability that a search shows to a wrong cohort",
      "shows",
      [post([0, 1]), search([2, 3], "zoe", [shown()])],
      [shown()],
    ],
    [
      "a calendar without an availability whose end has moved into its span",
      "calendar.get by owner does not show it",
      [post([0, 1]), edit([2, 3], longer), calendar([4, 5], [], afternoon)],
      [longer],
    ],
    [
      "a calendar without an availability that has been in its span before and after an edit",
      "calendar.get by owner does not show it",
      [post([0, 1]), edit([2, 9], longer), calendar([3, 4], [])],
      [longer],
    ],
    [
      "a list of one's own without an availability, whatever an edit makes of its end",
      "availability.list by owner does not show it",
      [post([0, 1]), edit([2, 9], longer), list([3, 4], [])],
      [longer],
    ],
    [
      "a list of meetings without one, whatever an edit makes of its availability's end",
      "meeting.list by ann does not show meeting",
      [
        post([0, 1]),
        book([2, 3], "ann"),
        edit([4, 9], takenBy("ann", longer)),
        step([5, 6], "ann", "meeting.list", { limit: 100 }, { items: [] }),
      ],
      [takenBy("ann", longer)],
      [meeting("ann", { description: "edited" })],
    ],
    [
      "a calendar with an availability that was never in its span",
      "calendar.get by owner shows",
      [post([0, 1]), calendar([2, 3], [shown()], afternoon)],
      [shown()],
    ],
    [
      "a calendar with an availability that was in its span before an edit alone",
      "calendar.get by owner shows",
      [post([0, 1], longer), edit([2, 3], brief), calendar([4, 5], [brief], afternoon)],
      [brief],
    ],
    [
      "a calendar with another's availability",
      "calendar.get by ann shows",
      [post([0, 1]), { ...calendar([2, 3], [shown()]), member: "ann" }],
      [shown()],
    ],
    [
      "a list with another's availability",
      "availability.list by ann shows",
      [post([0, 1]), { ...list([2, 3], [shown()]), member: "ann" }],
      [shown()],
    ],
    [
      "a calendar with a meeting outside its span",
      "calendar.get by owner shows meeting",
      [post([0, 1]), book([2, 3], "ann"), calendar([4, 5], [], afternoon, [ann])],
      [takenBy("ann")],
      [ann],
    ],
    [
      "a list with others' meeting",
      "meeting.list by ben shows meeting",
      [
        post([0, 1]),
        book([2, 3], "ann"),
        step([4, 5], "ben", "meeting.list", { limit: 100 }, { items: [ann] }),
      ],
      [takenBy("ann")],
      [ann],
    ],
    [
      "a calendar without a meeting",
      "does not show meeting",
      [
        post([0, 1]),
        book([2, 3], "ann"),
        step([4, 5], "ann", "calendar.get", day, { availabilities: [], meetings: [] }),
      ],
      [takenBy("ann")],
      [ann],
    ],
    [
      "a calendar that leaves out a canceled meeting, and does not say so",
      "does not show meeting ann's",
      [
        ...bothCanceled,
        step([10, 11], "owner", "calendar.get", day, {
          availabilities: [shown()],
          meetings: [canceled(ben, "ben")],
          canceledLeftOut: 0,
        }),
      ],
      [shown()],
      [canceled(ann, "ann"), canceled(ben, "ben")],
    ],
    [
      "a calendar that leaves out canceled meetings, and shows none",
      "does not show meeting",
      [
        ...bothCanceled,
        step([10, 11], "owner", "calendar.get", day, {
          availabilities: [shown()],
          meetings: [],
          canceledLeftOut: 2,
        }),
      ],
      [shown()],
      [canceled(ann, "ann"), canceled(ben, "ben")],
    ],
    [
      "a meeting that does not follow its availability's description",
      "shows meeting",
      [
        post([0, 1]),
        book([2, 3], "ann"),
        edit([4, 5], takenBy("ann", shown({ description: "edited" }))),
        step([6, 7], "ann", "meeting.get", { id: ann.id }, ann),
      ],
      [takenBy("ann", shown({ description: "edited" }))],
      [ann],
    ],
    [
      "a booking over a time that is taken",
      "books meeting",
      [post([0, 1], several), bookAt([2, 9], ann), bookAt([2, 9], meeting("ben"))],
      [severalWith(["ann", "ben"], [first, first])],
      [ann, meeting("ben")],
    ],
    [
      "a refusal of a time that nobody has taken",
      "ALREADY_BOOKED",
      [post([0, 1], several), bookAt([2, 3], ann), bookAt([4, 5], benSecond, "ALREADY_BOOKED")],
      [severalWith(["ann"], [first])],
      [ann],
    ],
    [
      "a booking of a time that its owner has closed",
      "books meeting ann's",
      [post([0, 1], several), bookAt([2, 3], ben), cancel([4, 5], "owner", ben), bookAt([6, 7], ann)],
      [severalWith(["ann"], [first])],
      [ann, canceled(ben, "owner")],
    ],
    [
      "an availability that does not show what is taken",
      "shows",
      [post([0, 1], several), bookAt([2, 3], ann), get([4, 5], "ben", several)],
      [severalWith(["ann"], [first])],
      [ann],
    ],
    [
      "a withdrawal that leaves a meeting",
      "availability.withdraw by owner shows",
      [...twoInGroup, withdraw([6, 7], group)],
      [groupWith(["ben"], { status: "CANCELED" })],
      [canceled(ann, "owner"), ben],
    ],
    [
      "a withdrawal that says that it leaves a meeting",
      "availability.withdraw by owner shows",
      [...twoInGroup, withdraw([6, 7], group, groupWith(["ben"], { status: "CANCELED" }))],
      [groupWith([], { status: "CANCELED" })],
      bothWithdrawn,
    ],
    [
      "a meeting that is left once the withdrawal has been answered",
      "availability.get by ann shows",
      [
        ...twoInGroup,
        withdraw([6, 7], group),
        get([8, 9], "ann", groupWith(["ben"], { status: "CANCELED" })),
      ],
      [groupWith([], { status: "CANCELED" })],
      bothWithdrawn,
    ],
    [
      "a withdrawal that cancels a meeting while the availability is open",
      "availability.get by ann shows",
      [...twoInGroup, withdraw([6, 20], group), get([7, 8], "ann", groupWith(["ben"]))],
      [groupWith([], { status: "CANCELED" })],
      bothWithdrawn,
    ],
    [
      "a booking after a withdrawal",
      "books meeting",
      [post([0, 1], group), withdraw([2, 3], group), book([4, 5], "ann")],
      [groupWith(["ann"], { status: "CANCELED" })],
      [ann],
    ],
    [
      "a withdrawal of what is not there",
      "finds it to withdraw it",
      [post([0, 1]), remove([2, 3]), withdraw([4, 5])],
      [],
    ],
    [
      "a withdrawal by somebody else",
      "withdraws it",
      [post([0, 1]), { ...withdraw([2, 3]), member: "ann" }],
      [shown({ status: "CANCELED" })],
    ],
    [
      "a link that a third member sees",
      "availability.get by ben shows",
      [post([0, 1], linked), get([2, 3], "ben", linked)],
      [linked],
    ],
    [
      "a link that a participant sees on the availability",
      "availability.get by ann shows",
      [post([0, 1], linked), book([2, 3], "ann", annLinked), get([4, 5], "ann", takenBy("ann", linked))],
      [takenBy("ann", linked)],
      [annLinked],
    ],
    [
      "a meeting without the link of its availability",
      "shows meeting",
      [post([0, 1], linked), book([2, 3], "ann")],
      [takenBy("ann", linked)],
      [ann],
    ],
    [
      "a participant of a one-to-one availability that a third member sees",
      "availability.get by ben shows",
      [post([0, 1]), book([2, 3], "ann"), get([4, 5], "ben", takenBy("ann"))],
      [takenBy("ann")],
      [ann],
    ],
    [
      "participants of a group that somebody sees who may not book it",
      "availability.get by zoe shows",
      [...twoInGroup, get([6, 7], "zoe", groupWith(["ann", "ben"]))],
      [groupWith(["ann", "ben"])],
      [ann, ben],
    ],
    [
      "an availability that search offers though its owner is busy",
      "shows the owner of availability window as busy: free",
      [...busyOwner, search([4, 5], "ann", [shown()])],
      [shown({ description: "posted", ownerBusy: [ownersTime] }), takenBy("owner", bens)],
      [owners],
    ],
    [
      "an availability that search offers, and says that its owner is busy all the time",
      "whose owner is busy all the time",
      [...busyOwner, search([4, 5], "ann", [shown({ ownerBusy: [ownersTime] })])],
      [shown(), takenBy("owner", bens)],
      [owners],
    ],
    [
      "an availability that its owner posts over their own meeting",
      "finds a start beside their meetings",
      [...busyOwner.slice(1), post([4, 5])],
      [shown(), takenBy("owner", bens)],
      [owners],
    ],
    [
      "an availability that its owner moves over their own meeting",
      "edits it",
      [
        post([0, 1], shown({ startTime: at(12), endTime: at(13) })),
        ...busyOwner.slice(1),
        edit([4, 5], brief),
      ],
      [brief, takenBy("owner", bens)],
      [owners],
    ],
    [
      "an edit that leaves the times alone, and is refused because the owner is busy",
      "OWNER_BUSY",
      [...busyOwner, edit([4, 5], brief, "OWNER_BUSY")],
      [shown(), takenBy("owner", bens)],
      [owners],
    ],
    [
      "an owner who cannot post because of nothing",
      "finds no start beside their meetings",
      [post([0, 1], shown(), "OWNER_BUSY")],
      [],
    ],
    [
      "an owner who cannot edit because of nothing",
      "OWNER_BUSY",
      [post([0, 1]), edit([2, 3], longer, "OWNER_BUSY")],
      [shown()],
    ],
    [
      "a fourth booking by somebody who has canceled three",
      "books meeting ann's",
      [...threeTimes, book([40, 41], "ann")],
      [takenBy("ann")],
      [...churned.map((of) => canceled(of, "ann")), ann],
    ],
    [
      "an availability that is read across a block",
      "reaches an availability of owner",
      [
        post([0, 1]),
        block([2, 3], "ann", "owner"),
        get([4, 5], "ann", shown()),
        unblock([6, 7], "ann", "owner"),
      ],
      [shown()],
    ],
    [
      "an availability that a search shows across a block",
      "reaches an availability of owner",
      [
        post([0, 1]),
        block([2, 3], "owner", "ann"),
        search([4, 5], "ann", [shown()]),
        unblock([6, 7], "owner", "ann"),
      ],
      [shown()],
    ],
    [
      "a booking across a block",
      "reaches an availability of owner",
      [post([0, 1]), block([2, 3], "owner", "ann"), book([4, 5], "ann"), unblock([6, 7], "owner", "ann")],
      [takenBy("ann")],
      [ann],
    ],
    [
      "a block that tells of itself by a refusal",
      "reaches an availability of owner",
      [
        post([0, 1]),
        book([2, 3], "ben"),
        block([4, 5], "owner", "ann"),
        book([6, 7], "ann", "ALREADY_BOOKED"),
        unblock([8, 9], "owner", "ann"),
      ],
      [takenBy("ben")],
      [ben],
    ],
    [
      "an availability that is not found once the block has ended",
      "NOT_FOUND",
      [
        post([0, 1]),
        block([2, 3], "owner", "ann"),
        unblock([4, 5], "owner", "ann"),
        getRefused([6, 7], "ann", "NOT_FOUND"),
      ],
      [shown()],
    ],
    [
      "an availability that a third member does not find because of a block",
      "NOT_FOUND",
      [
        post([0, 1]),
        block([2, 3], "owner", "ann"),
        getRefused([4, 5], "ben", "NOT_FOUND"),
        unblock([6, 7], "owner", "ann"),
      ],
      [shown()],
    ],
    [
      "a name that was replaced before",
      "the name of owner",
      [
        rename([0, 1], "owner", "New"),
        step([2, 3], "ann", "user.get", { username: "owner" }, profile("owner")),
      ],
      [],
    ],
    [
      "an availability that is left of somebody who has left",
      "the tables have it",
      [post([0, 1]), leave([2, 3], "owner")],
      [shown()],
    ],
    [
      "a meeting that is left of somebody who has left",
      "is left of ann, who has left",
      [post([0, 1]), book([2, 3], "ann"), leave([4, 5], "ann")],
      [takenBy("ann")],
      [ann],
    ],
    [
      "a meeting that is canceled because of somebody who has not left",
      "nobody asked to cancel",
      [post([0, 1]), book([2, 3], "ann")],
      [shown()],
      [left(ann, "ann")],
    ],
    [
      "somebody who has left, and is answered",
      "by owner, who has left, is answered",
      [post([0, 1]), leave([2, 3], "owner"), list([4, 5], [])],
      [],
    ],
    [
      "somebody who is here, and UNAUTHORIZED",
      "by ann, who is here, is UNAUTHORIZED",
      [post([0, 1]), getRefused([2, 3], "ann", "UNAUTHORIZED")],
      [shown()],
    ],
    [
      "an availability of somebody who has left",
      "reaches owner, who has left",
      [post([0, 1]), leave([2, 3], "owner"), get([4, 5], "ann", shown())],
      [],
    ],
    [
      "a third booking that is refused as one too many",
      "BOOKED_TOO_OFTEN",
      [...threeTimes.slice(0, 5), book([40, 41], "ann", "BOOKED_TOO_OFTEN")],
      [shown()],
      churned.slice(0, 2).map((of) => canceled(of, "ann")),
    ],
    [
      "a refusal that the procedure does not have",
      "nothing explains",
      [post([0, 1], shown(), "HAS_BOOKINGS")],
      [],
    ],
  ])("%s", (_, words, steps, availabilities, meetings) => {
    expect(verdict(steps, availabilities, meetings)).toContain(words);
  });
});

test("a defect is a violation, whatever became of the call", () => {
  const defect = { kind: "unknown", why: "INTERNAL_SERVER_ERROR" } as const;
  const failed = { ...book([2, 3], "ann", lost), outcome: defect };
  expect(verdict([post([0, 1]), failed], [shown()])).toContain("answers INTERNAL_SERVER_ERROR");
});
