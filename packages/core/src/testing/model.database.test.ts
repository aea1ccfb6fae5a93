/**
 * Random calls by a few members, one at a time, against the model: the same outcomes and reasons, and the same to see
 * for everybody. `KUMITE_MODEL_RUNS` makes it longer, `KUMITE_MODEL_SEED` makes other runs.
 */
import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  deleteAvailability,
  listAvailabilities,
  searchAvailabilities,
  setAvailability,
  withdrawAvailability,
} from "../availabilities/index.ts";
import { type Availability, SetAvailabilityInput } from "../availabilities/schema.ts";
import { bookAvailability, cancelMeeting } from "../booking/index.ts";
import { getCalendar } from "../calendar/index.ts";
import { community } from "../community/community.ts";
import type { Cohort, SessionType } from "../community/schema.ts";
import type { MemberContext } from "../context/context.ts";
import { InvalidInput, refusalReasons } from "../errors.ts";
import { byStart, day, minute, shift } from "../instant.ts";
import { listMeetings } from "../meetings/index.ts";
import type { Meeting } from "../meetings/schema.ts";
import { allPages, checkInvariants, clockOfItsOwn, newMember, outcomeOf } from "./index.ts";
import {
  Model,
  type ModelAvailability,
  type ModelMeeting,
  type ModelMember,
  type ModelSpan,
  type Verdict,
} from "./model.ts";

const runs = Number(process.env["KUMITE_MODEL_RUNS"] ?? 12);
const seed = Number(process.env["KUMITE_MODEL_SEED"] ?? 20_261_122);

const cohorts: readonly (Cohort | null)[] = ["White", "White", "Yellow", "Yellow", null];

/** The system itself, and how the model's members and minutes are called there. */
class Real {
  readonly base = clockOfItsOwn();
  readonly members: readonly { model: ModelMember; context: MemberContext }[];
  /** The last command that changed or tried to change something, to be sent again. */
  last: Command | undefined;

  constructor(members: Real["members"]) {
    this.members = members;
  }

  at(minutes: number): string {
    return shift(this.base.toISOString(), minutes * minute);
  }

  as(index: number, model: Model): { who: ModelMember; ctx: MemberContext } {
    const member = this.members[index % this.members.length];
    if (!member) throw new Error("No members");
    return {
      who: member.model,
      ctx: { ...member.context, now: new Date(this.at(model.clock)) },
    };
  }
}

type Command = fc.AsyncCommand<Model, Real>;

async function setup(): Promise<{ model: Model; real: Real }> {
  const members = await Promise.all(
    cohorts.map(async (cohort, index) => {
      const displayName = `Member ${index}`;
      const context = await newMember({ cohort, displayName });
      return { model: { username: context.actor.username, displayName, cohort }, context };
    }),
  );
  return { model: new Model(community.defaultLocation), real: new Real(members) };
}

/** What came about at all, to see that the runs went everywhere. */
const came = new Set<string>();

/** Makes a call and holds its outcome against the verdict; what it answered, where it succeeded. */
async function judged<Answer>(
  name: string,
  call: Promise<Answer>,
  { must, may }: Verdict,
): Promise<Answer | undefined> {
  const outcome = await outcomeOf(call).catch((error: unknown) => {
    if (error instanceof InvalidInput) return "BAD_REQUEST" as const;
    throw error;
  });
  expect([...must, ...may, ...(must.length > 0 ? [] : ["OK"])]).toContain(outcome);
  came.add(outcome === "OK" ? `${name} OK` : outcome);
  return outcome === "OK" ? call : undefined;
}

/** @param viewer who looks at it; its owner where left out */
function shownAvailability(
  model: Model,
  real: Real,
  availability: ModelAvailability,
  viewer = availability.owner,
) {
  const spans = (some: readonly ModelSpan[]) =>
    some.map(({ start, end }) => ({ startTime: real.at(start), endTime: real.at(end) }));
  const isOwner = viewer === availability.owner;
  const ownerBusy = isOwner ? [] : model.busy(availability.owner, availability);
  const shown = model
    .seats(availability)
    .filter(({ participant }) => isOwner || availability.max > 1 || participant === viewer);
  return {
    id: availability.id,
    owner: availability.owner.username,
    ownerDisplayName: availability.owner.displayName,
    ownerCohort: availability.owner.cohort,
    startTime: real.at(availability.start),
    endTime: real.at(availability.end),
    durationMinutes: availability.duration,
    types: availability.types,
    cohorts: availability.cohorts,
    maxParticipants: availability.max,
    bookings: availability.several ? "several" : "one",
    taken: spans(model.taken(availability)),
    ...(ownerBusy.length > 0 && { ownerBusy: spans(ownerBusy) }),
    location: availability.location,
    ...(isOwner && availability.link && { link: availability.link }),
    description: availability.description,
    status: model.status(availability),
    participants: expect.toSatisfy(
      (participants: Availability["participants"]) =>
        JSON.stringify(participants.map(({ username }) => username).sort()) ===
        JSON.stringify(shown.map(({ participant }) => participant.username).sort()),
    ),
    createdAt: expect.any(String),
    updatedAt: expect.any(String),
  };
}

function shownMeeting(real: Real, meeting: ModelMeeting) {
  const { owner, participant, start, end, link, ...same } = meeting;
  return {
    ...same,
    ...(link && { link }),
    owner: owner.username,
    ownerDisplayName: owner.displayName,
    participant: participant.username,
    participantDisplayName: participant.displayName,
    startTime: real.at(start),
    endTime: real.at(end),
    status: meeting.canceledBy === undefined ? "SCHEDULED" : "CANCELED",
    createdAt: expect.any(String),
    updatedAt: expect.any(String),
  };
}

function command(name: string, given: object, run: Command["run"], repeatable = true): Command {
  const made: Command = {
    check: () => true,
    run: async (model, real) => {
      await run(model, real);
      if (repeatable) real.last = made;
    },
    toString: () => `${name}(${JSON.stringify(given)})`,
  };
  return made;
}

/** Mostly these; once in a while one of the others. */
function mostly<Usual, Other>(usual: fc.Arbitrary<Usual>, other: fc.Arbitrary<Other>) {
  return fc.oneof<[fc.WeightedArbitrary<Usual>, fc.WeightedArbitrary<Other>]>(
    { weight: 15, arbitrary: usual },
    { weight: 1, arbitrary: other },
  );
}

/** One of those that there are, counted from the newest; without a number one that is not there. */
function pick<Thing>(things: ReadonlyMap<string, Thing>, number: number | undefined): Thing | undefined {
  return number === undefined ? undefined : [...things.values()].at(-1 - (number % things.size));
}

const member = mostly(fc.nat({ max: 3 }), fc.constant(4));
const number = mostly(fc.nat({ max: 6 }), fc.constant(undefined));
const optional = <Value>(values: fc.Arbitrary<Value>) => fc.option(values, { nil: undefined });
const types = fc.subarray<SessionType>(["sparring", "kata"], { minLength: 1 });

const wish = fc.record({
  /** Quarters of an hour from now: few, so that availabilities meet; and once in a while beyond a year. */
  ahead: mostly(fc.integer({ min: 1, max: 10 }), fc.constantFrom(-1, 0, 4 * 24 * 367)),
  quarters: fc.integer({ min: 1, max: 8 }),
  types,
  cohorts: mostly(
    fc.constant<Cohort[]>(["White", "Yellow"]),
    fc.constantFrom<Cohort[]>(["White"], ["Yellow"]),
  ),
  duration: optional(fc.constantFrom(15, 30, 60)),
  max: optional(fc.constantFrom(1, 1, 2, 3)),
  bookings: optional(fc.constantFrom("one" as const, "several" as const, "several" as const)),
  link: optional(fc.constantFrom("", "https://meet.example/room")),
  location: optional(fc.constantFrom("", "Dojo 2")),
  description: optional(fc.constantFrom("", "Bring gloves")),
});

/** A wish in the model's minutes, and as the input of the verb. */
function availabilityWish(
  given: typeof wish extends fc.Arbitrary<infer Wish> ? Wish : never,
  model: Model,
  real: Real,
) {
  const { ahead, quarters, duration, max, bookings, ...same } = given;
  // A group that asks for several bookings is refused by the schema.
  const asked = (max ?? 1) > 1 ? undefined : bookings;
  const start = (Math.floor(model.clock / 15) + ahead) * 15;
  const end = start + 15 * quarters;
  const fitting = duration && Math.min(duration, end - start);
  return {
    wish: { ...same, start, end, duration: fitting, max, bookings: asked },
    input: SetAvailabilityInput.parse({
      ...same,
      startTime: real.at(start),
      endTime: real.at(end),
      durationMinutes: fitting,
      maxParticipants: max,
      bookings: asked,
    }),
  };
}

const posts = fc.record({ by: member, wish, key: optional(fc.nat({ max: 2 })) }).map((given) =>
  command("post", given, async (model, real) => {
    const { who, ctx } = real.as(given.by, model);
    const { wish, input } = availabilityWish(given.wish, model, real);
    const keyed = given.key === undefined ? undefined : `${who.username} ${given.key}`;
    const idempotencyKey = keyed && `00000000-0000-4000-8000-00000000000${given.key}`;
    const knownId = keyed === undefined ? undefined : model.keys.get(keyed);
    const posted = knownId === undefined ? undefined : model.availabilities.get(knownId);
    const answer = await judged(
      "post",
      setAvailability(ctx, { ...input, idempotencyKey }),
      posted ? { must: [], may: [] } : model.postVerdict(who, wish),
    );
    if (!answer) return;
    if (knownId === undefined) expect(model.availabilities.has(answer.id)).toBe(false);
    else expect(answer.id).toBe(knownId);
    if (keyed !== undefined) model.keys.set(keyed, answer.id);
    const availability = posted ?? model.planned(answer.id, who, wish);
    model.put(availability);
    expect(answer).toEqual(shownAvailability(model, real, availability));
  }),
);

const edits = fc.record({ by: member, availability: number, wish, own: fc.boolean() }).map((given) =>
  command("edit", given, async (model, real) => {
    const availability = pick(model.availabilities, given.availability);
    const { who, ctx } =
      given.own && availability ? ownerOf(availability, model, real) : real.as(given.by, model);
    const { wish, input } = availabilityWish(given.wish, model, real);
    const id = availability?.id ?? randomUUID();
    const answer = await judged(
      "edit",
      setAvailability(ctx, { ...input, id }),
      model.editVerdict(availability, who, wish),
    );
    if (!answer) return;
    const edited = model.planned(id, who, wish, availability);
    model.put(edited);
    expect(answer).toEqual(shownAvailability(model, real, edited));
  }),
);

function ownerOf(availability: ModelAvailability, model: Model, real: Real) {
  return real.as(
    real.members.findIndex(({ model }) => model === availability.owner),
    model,
  );
}

const deletes = fc.record({ by: member, availability: number, own: fc.boolean() }).map((given) =>
  command("delete", given, async (model, real) => {
    const availability = pick(model.availabilities, given.availability);
    const { who, ctx } =
      given.own && availability ? ownerOf(availability, model, real) : real.as(given.by, model);
    const answer = await judged(
      "delete",
      deleteAvailability(ctx, { id: availability?.id ?? randomUUID() }),
      model.deleteVerdict(availability, who),
    );
    if (!answer || !availability) return;
    expect(answer).toEqual(shownAvailability(model, real, availability));
    model.availabilities.delete(availability.id);
  }),
);

const withdrawals = fc
  .record({ by: member, availability: number, own: fc.boolean(), reason: optional(fc.constant("A cold")) })
  .map((given) =>
    command("withdraw", given, async (model, real) => {
      const availability = pick(model.availabilities, given.availability);
      const { who, ctx } =
        given.own && availability ? ownerOf(availability, model, real) : real.as(given.by, model);
      const answer = await judged(
        "withdraw",
        withdrawAvailability(ctx, { id: availability?.id ?? randomUUID(), reason: given.reason }),
        model.withdrawVerdict(availability, who),
      );
      if (!answer || !availability) return;
      expect(answer).toEqual(shownAvailability(model, real, model.withdraw(availability, given.reason)));
    }),
  );

const books = fc
  .record({
    by: member,
    availability: number,
    /** Quarters of an hour from the availability's beginning. */
    start: mostly(fc.constantFrom(undefined, 0, 0, 1, 2), fc.integer({ min: -1, max: 5 })),
    type: mostly(fc.constantFrom(undefined, "sparring", "kata"), fc.constant("lesson")),
  })
  .map((given) =>
    command("book", given, async (model, real) => {
      const { who, ctx } = real.as(given.by, model);
      const availability = pick(model.availabilities, given.availability);
      const start =
        availability && given.start !== undefined ? availability.start + 15 * given.start : undefined;
      const choice = { start, type: given.type };
      const answer = await judged(
        "book",
        bookAvailability(ctx, {
          owner: availability?.owner.username ?? randomUUID(),
          id: availability?.id ?? randomUUID(),
          startTime: start === undefined ? undefined : real.at(start),
          type: given.type,
        }),
        model.bookVerdict(availability, who, choice),
      );
      if (!answer || !availability) return;
      const chosen = model.chosen(availability, choice);
      const meeting = model.held(availability, who) ?? {
        id: answer.id,
        availabilityId: availability.id,
        owner: availability.owner,
        participant: who,
        start: chosen.start ?? availability.start,
        end: (chosen.start ?? availability.start) + availability.duration,
        // Which one it is in a group, where none was asked for, the contract leaves open.
        type: given.type ?? (availability.max > 1 ? answer.type : (chosen.type ?? "")),
        location: availability.location,
        link: availability.link,
        description: availability.description,
      };
      expect(availability.types).toContain(meeting.type);
      model.meetings.set(meeting.id, meeting);
      expect(answer).toEqual(shownMeeting(real, meeting));
    }),
  );

const cancels = fc
  .record({ by: member, meeting: number, own: fc.boolean(), reason: optional(fc.constant("A cold")) })
  .map((given) =>
    command("cancel", given, async (model, real) => {
      const meeting = pick(model.meetings, given.meeting);
      const anonymous = real.as(given.by, model);
      const people = real.members
        .map((_, index) => real.as(index, model))
        .filter(({ who }) => who === meeting?.owner || who === meeting?.participant);
      const { who, ctx } = (given.own && people[given.by % 2]) || anonymous;
      const answer = await judged(
        "cancel",
        cancelMeeting(ctx, { id: meeting?.id ?? randomUUID(), reason: given.reason }),
        model.cancelVerdict(meeting, who),
      );
      if (!answer || !meeting) return;
      expect(answer).toEqual(shownMeeting(real, model.cancel(meeting, who, given.reason)));
    }),
  );

/** A member takes an availability and gives it back, again and again. */
const churns = fc.record({ by: member, availability: number }).map((given) =>
  command("churn", given, async (model, real) => {
    const { who, ctx } = real.as(given.by, model);
    const availability = pick(model.availabilities, given.availability);
    if (!availability) return;
    for (let time = 0; time < 4; time++) {
      const answer = await judged(
        "book",
        bookAvailability(ctx, bookingOf(real, availability)),
        verdictOf(model, availability, who),
      );
      if (!answer) return;
      const meeting = meetingOf(model, availability, who, answer);
      model.meetings.set(meeting.id, meeting);
      const canceled = await judged(
        "cancel",
        cancelMeeting(ctx, { id: meeting.id }),
        model.cancelVerdict(meeting, who),
      );
      if (!canceled) return;
      expect(canceled).toEqual(shownMeeting(real, model.cancel(meeting, who, undefined)));
    }
  }),
);

/** The first start of an availability, and its first type. */
function firstChoice(availability: ModelAvailability) {
  return { start: availability.start, type: availability.types[0] };
}

function bookingOf(real: Real, availability: ModelAvailability) {
  const { start, type } = firstChoice(availability);
  return { owner: availability.owner.username, id: availability.id, startTime: real.at(start), type };
}

function verdictOf(model: Model, availability: ModelAvailability, who: ModelMember): Verdict {
  return model.bookVerdict(availability, who, firstChoice(availability));
}

/** The meeting that a booking by the first choice is: the one that is held already, or a new one. */
function meetingOf(
  model: Model,
  availability: ModelAvailability,
  who: ModelMember,
  { id, type }: Meeting,
): ModelMeeting {
  const { start, duration, owner, location, link, description } = availability;
  const end = start + duration;
  const fresh = {
    id,
    availabilityId: availability.id,
    owner,
    participant: who,
    start,
    end,
    type,
    location,
    link,
    description,
  };
  return model.held(availability, who) ?? fresh;
}

const repeats = fc
  .constant({})
  .map((given) => command("again", given, async (model, real) => real.last?.run(model, real), false));

const waits = fc.integer({ min: 1, max: 4 }).map((quarters) =>
  command(
    "wait",
    { quarters },
    async (model) => {
      model.clock += 15 * quarters;
    },
    false,
  ),
);

const looks = fc
  .record({
    by: member,
    from: fc.integer({ min: -8, max: 8 }),
    hours: fc.integer({ min: 1, max: 6 }),
    types: optional(types),
  })
  .map((given) =>
    command(
      "look",
      given,
      async (model, real) => {
        const from = model.clock + 15 * given.from;
        await look(model, real, given.by, { from, to: from + 60 * given.hours }, given.types);
      },
      false,
    ),
  );

/** Holds what one member sees of a span against the model. */
async function look(
  model: Model,
  real: Real,
  index: number,
  span: { from: number; to: number },
  types?: SessionType[],
): Promise<void> {
  const { who, ctx } = real.as(index, model);
  const asked = { from: real.at(span.from), to: real.at(span.to) };
  const touches = ({ start, end }: { start: number; end: number }) => start < span.to && end > span.from;
  const availabilities = (some: (availability: ModelAvailability) => boolean) =>
    [...model.availabilities.values()]
      .filter(some)
      .map((availability) => shownAvailability(model, real, availability, who))
      .sort(byStart);
  const meetings = (some: (meeting: ModelMeeting) => boolean) =>
    [...model.meetings.values()]
      .filter((meeting) => (meeting.owner === who || meeting.participant === who) && some(meeting))
      .map((meeting) => shownMeeting(real, meeting))
      .sort(byStart);
  const isOwn = (availability: ModelAvailability) => availability.owner === who;
  const [calendar, list, met, found] = await Promise.all([
    getCalendar(ctx, asked),
    allPages<Availability>((page) => listAvailabilities(ctx, { limit: 3, ...page })),
    allPages<Meeting>((page) => listMeetings(ctx, { ...asked, limit: 3, ...page })),
    allPages<Availability>((page) =>
      searchAvailabilities(ctx, { ...asked, ...(types && { types }), limit: 2, ...page }),
    ),
  ]);
  expect(calendar.availabilities).toEqual(
    availabilities((availability) => isOwn(availability) && touches(availability)),
  );
  expect(calendar.meetings).toEqual(meetings(touches));
  expect(list.flat()).toEqual(availabilities(isOwn));
  expect(met.flat()).toEqual(meetings(touches));
  expect(found.flat()).toEqual(
    availabilities((availability) => model.isFound(availability, who, span, types)),
  );
}

const commands = fc.commands(
  [
    posts,
    posts,
    posts,
    edits,
    deletes,
    withdrawals,
    churns,
    books,
    books,
    books,
    books,
    books,
    books,
    cancels,
    cancels,
    repeats,
    waits,
    looks,
  ],
  { maxCommands: 160, size: "max" },
);

// Several at once: they wait for the database most of the time.
test.concurrent.each([0, 1, 2, 3])(
  "the system does what the model does (%i)",
  async (stream) => {
    await fc.assert(
      fc.asyncProperty(commands, async (commands) => {
        let end: (() => Promise<void>) | undefined;
        const begin = async () => {
          const { model, real } = await setup();
          end = async () => {
            const span = { from: model.clock - day / minute, to: model.clock + day / minute };
            await Promise.all(real.members.map((_, index) => look(model, real, index, span)));
            await checkInvariants(real.members.map(({ context }) => context));
          };
          return { model, real };
        };
        await fc.asyncModelRun(begin, commands);
        await end?.();
      }),
      { seed: seed + stream, numRuns: Math.ceil(runs / 4) },
    );
  },
  60_000 + runs * 20_000,
);

test("every verb has succeeded, and every reason was met", () => {
  const done = ["post", "edit", "delete", "withdraw", "book", "cancel"].map((name) => `${name} OK`);
  // Limits of hundreds are beyond a run.
  const reasons = refusalReasons.filter((reason) => !reason.startsWith("TOO_MANY_"));
  expect([...came].sort()).toEqual([...done, ...reasons, "BAD_REQUEST"].sort());
});
