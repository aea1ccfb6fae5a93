import fc from "fast-check";
import { expect } from "vitest";
import { listAvailabilities, searchAvailabilities } from "../../src/availabilities/index.ts";
import type { Availability } from "../../src/availabilities/schema.ts";
import { getCalendar } from "../../src/calendar/index.ts";
import type { SessionType } from "../../src/community/ids.ts";
import { byStart } from "../../src/instant.ts";
import { listMeetings } from "../../src/meetings/index.ts";
import type { Meeting } from "../../src/meetings/schema.ts";
import { allPages } from "../../src/testing/index.ts";
import type { Model, ModelAvailability, ModelMeeting } from "../../src/testing/model.ts";
import { command, member, optional, types } from "./command.ts";
import { type Real, shownAvailability, shownMeeting } from "./real.ts";

export const looks = fc
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

/** Compares what a member sees of a span with the model. */
export async function look(
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
