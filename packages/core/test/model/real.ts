import type fc from "fast-check";
import { expect } from "vitest";
import type { Availability } from "../../src/availabilities/schema.ts";
import { community } from "../../src/community/community.ts";
import type { Cohort } from "../../src/community/ids.ts";
import type { MemberContext } from "../../src/context/context.ts";
import { minute, shift } from "../../src/instant.ts";
import { clockOfItsOwn, newMember } from "../../src/testing/index.ts";
import {
  Model,
  type ModelAvailability,
  type ModelMeeting,
  type ModelMember,
  type ModelSpan,
} from "../../src/testing/model.ts";

const cohorts: readonly (Cohort | null)[] = ["White", "White", "Yellow", "Yellow", null];

/** The real system, with the members and times that correspond to the model's. */
export class Real {
  readonly base = clockOfItsOwn();
  readonly members: readonly { model: ModelMember; context: MemberContext }[];
  /** The last command that changed something or tried to, for repetition. */
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

export type Command = fc.AsyncCommand<Model, Real>;

export async function setup(): Promise<{ model: Model; real: Real }> {
  const members = await Promise.all(
    cohorts.map(async (cohort, index) => {
      const displayName = `Member ${index}`;
      const context = await newMember({ cohort, displayName });
      return { model: { username: context.actor.username, displayName, cohort }, context };
    }),
  );
  return { model: new Model(community.defaultLocation), real: new Real(members) };
}

/** @param viewer the member who looks at it; by default its owner */
export function shownAvailability(
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

export function shownMeeting(real: Real, meeting: ModelMeeting) {
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
