/** Commands of members: book and cancel. */
import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect } from "vitest";
import { bookAvailability, cancelMeeting } from "../../src/booking/index.ts";
import type { Meeting } from "../../src/meetings/schema.ts";
import type { Model, ModelAvailability, ModelMeeting, ModelMember } from "../../src/testing/model.ts";
import { bookVerdict, cancelVerdict, type Verdict } from "../../src/testing/model-verdicts.ts";
import { command, judged, member, mostly, number, optional, pick } from "./command.ts";
import { type Real, shownMeeting } from "./real.ts";

export const books = fc
  .record({
    by: member,
    availability: number,
    /** Quarters of an hour from the availability's start. */
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
        bookVerdict(model, availability, who, choice),
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
        // If a group booking gives no type, the contract leaves the type open.
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

export const cancels = fc
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
        cancelVerdict(model, meeting, who),
      );
      if (!answer || !meeting) return;
      expect(answer).toEqual(shownMeeting(real, model.cancel(meeting, who, given.reason)));
    }),
  );

/** A member books an availability and cancels it, again and again. */
export const churns = fc.record({ by: member, availability: number }).map((given) =>
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
        cancelVerdict(model, meeting, who),
      );
      if (!canceled) return;
      expect(canceled).toEqual(shownMeeting(real, model.cancel(meeting, who, undefined)));
    }
  }),
);

/** The availability's first start and first type. */
function firstChoice(availability: ModelAvailability) {
  return { start: availability.start, type: availability.types[0] };
}

function bookingOf(real: Real, availability: ModelAvailability) {
  const { start, type } = firstChoice(availability);
  return { owner: availability.owner.username, id: availability.id, startTime: real.at(start), type };
}

function verdictOf(model: Model, availability: ModelAvailability, who: ModelMember): Verdict {
  return bookVerdict(model, availability, who, firstChoice(availability));
}

/** The meeting of a booking with the first choice: the one that the member already has, or a new one. */
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
