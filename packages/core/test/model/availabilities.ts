/** Commands of owners: post, edit, delete and withdraw. */
import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect } from "vitest";
import { deleteAvailability, setAvailability, withdrawAvailability } from "../../src/availabilities/index.ts";
import { SetAvailabilityInput } from "../../src/availabilities/schema.ts";
import type { Cohort } from "../../src/community/ids.ts";
import type { Model, ModelAvailability } from "../../src/testing/model.ts";
import {
  deleteVerdict,
  editVerdict,
  postVerdict,
  withdrawVerdict,
} from "../../src/testing/model-verdicts.ts";
import { command, judged, member, mostly, number, optional, pick, types } from "./command.ts";
import { type Real, shownAvailability } from "./real.ts";

const wish = fc.record({
  /** Quarters of an hour from now: few, so that availabilities overlap; sometimes more than a year. */
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

/** The wish in the model's minutes, and as the verb's input. */
function availabilityWish(
  given: typeof wish extends fc.Arbitrary<infer Wish> ? Wish : never,
  model: Model,
  real: Real,
) {
  const { ahead, quarters, duration, max, bookings, ...same } = given;
  // The schema refuses several bookings for a group.
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

export const posts = fc.record({ by: member, wish, key: optional(fc.nat({ max: 2 })) }).map((given) =>
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
      posted ? { must: [], may: [] } : postVerdict(model, who, wish),
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

export const edits = fc.record({ by: member, availability: number, wish, own: fc.boolean() }).map((given) =>
  command("edit", given, async (model, real) => {
    const availability = pick(model.availabilities, given.availability);
    const { who, ctx } =
      given.own && availability ? ownerOf(availability, model, real) : real.as(given.by, model);
    const { wish, input } = availabilityWish(given.wish, model, real);
    const id = availability?.id ?? randomUUID();
    const answer = await judged(
      "edit",
      setAvailability(ctx, { ...input, id }),
      editVerdict(model, availability, who, wish),
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

export const deletes = fc.record({ by: member, availability: number, own: fc.boolean() }).map((given) =>
  command("delete", given, async (model, real) => {
    const availability = pick(model.availabilities, given.availability);
    const { who, ctx } =
      given.own && availability ? ownerOf(availability, model, real) : real.as(given.by, model);
    const answer = await judged(
      "delete",
      deleteAvailability(ctx, { id: availability?.id ?? randomUUID() }),
      deleteVerdict(model, availability, who),
    );
    if (!answer || !availability) return;
    expect(answer).toEqual(shownAvailability(model, real, availability));
    model.availabilities.delete(availability.id);
  }),
);

export const withdrawals = fc
  .record({ by: member, availability: number, own: fc.boolean(), reason: optional(fc.constant("A cold")) })
  .map((given) =>
    command("withdraw", given, async (model, real) => {
      const availability = pick(model.availabilities, given.availability);
      const { who, ctx } =
        given.own && availability ? ownerOf(availability, model, real) : real.as(given.by, model);
      const answer = await judged(
        "withdraw",
        withdrawAvailability(ctx, { id: availability?.id ?? randomUUID(), reason: given.reason }),
        withdrawVerdict(model, availability, who),
      );
      if (!answer || !availability) return;
      expect(answer).toEqual(shownAvailability(model, real, model.withdraw(availability, given.reason)));
    }),
  );
