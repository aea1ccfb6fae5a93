/**
 * Runs a verb in every place between the requests of another, and checks the invariants after each run. Unlike a race,
 * an interleaving happens every time.
 */
import { expect } from "vitest";
import { setAvailability } from "../../src/availabilities/index.ts";
import type { SetAvailabilityInput } from "../../src/availabilities/schema.ts";
import type { MemberContext } from "../../src/context/context.ts";
import { hour, shift } from "../../src/instant.ts";
import { refreshCopies } from "../../src/profile/refresh-copies.ts";
import {
  availabilityInput,
  book,
  checkInvariants,
  followUpAll,
  interleave,
  newMembers,
  now,
  outcomeOf,
  postAvailability,
  watchStreams,
} from "../../src/testing/index.ts";
import { setUser } from "../../src/users/index.ts";
import type { SetUserInput } from "../../src/users/schema.ts";

interface Setting {
  /** Everyone who takes part. */
  members: readonly MemberContext[];
}

/**
 * Returns the outcomes of a verb and of another one that ran completely between two of its requests, as `FIRST,
 * SECOND`, for all places: each distinct pair once, in order of place.
 * @param options.followUp whether to follow up the streams' records before the invariants are checked
 */
export async function outcomes<Given extends Setting>(
  set: () => Promise<Given>,
  verb: (given: Given, slowed: (member: MemberContext) => MemberContext) => Promise<unknown>,
  other: (given: Given) => Promise<unknown>,
  options: { followUp?: boolean } = {},
): Promise<string[]> {
  const came: string[] = [];
  const places = await interleave(async (database, meanwhile) => {
    const streams = options.followUp ? await watchStreams() : undefined;
    const given = await set();
    let second = "";
    meanwhile(async () => {
      second = await outcomeOf(other(given));
    });
    const first = await outcomeOf(verb(given, (member) => ({ ...member, database })));
    if (second) came.push(`${first}, ${second}`);
    if (streams) await followUpAll(await streams.read(given.members), now);
    await checkInvariants(given.members);
  });
  expect(places).toBeGreaterThan(0);
  expect(came).toHaveLength(places);
  return [...new Set(came)];
}

/** An availability of `owner`, with seats taken by members other than `a` and `b`. */
export async function posted(maxParticipants = 1, taken = 0) {
  const [owner, a, b] = await newMembers(3);
  const others: MemberContext[] = await newMembers(taken);
  const availability = await postAvailability(owner, { maxParticipants });
  for (const other of others) await book(other, availability);
  return { members: [owner, a, b, ...others], owner, a, b, availability };
}

/** The same, with a seat for `a`. */
export async function booked(maxParticipants = 1, taken = 0) {
  const given = await posted(maxParticipants, taken);
  return { ...given, meeting: await book(given.a, given.availability) };
}

/** Two overlapping availabilities of two owners. */
export async function twoAvailabilities() {
  const given = await posted();
  const [otherOwner] = await newMembers(1);
  const startTime = shift(given.availability.startTime, hour / 2);
  const other = await postAvailability(otherOwner, { startTime });
  return { ...given, members: [...given.members, otherOwner], otherOwner, other };
}

export function edit(
  owner: MemberContext,
  { id }: { id: string },
  given: Partial<SetAvailabilityInput> = {},
) {
  return setAvailability(owner, availabilityInput({ id, ...given }, owner.now));
}

/** Changes a profile, and runs the follow-up of that change. */
export async function rename(member: MemberContext, profile: SetUserInput) {
  await setUser(member, profile);
  await refreshCopies(member, member.actor.username);
}
