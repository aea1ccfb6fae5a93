/**
 * Every way in which one verb may come in between the requests of another: after each, what must always hold is held
 * against the tables. Unlike a race, an interleaving happens every time.
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
  /** Everybody who takes part. */
  members: readonly MemberContext[];
}

/**
 * What came of a verb and of another one that ran whole between two of its requests, as `FIRST, SECOND`, over all
 * places where it may: each pair once, in order of place.
 * @param options.followUp whether what the tables' streams tell is followed up before all must hold
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

/** An availability of `owner` for so many, with that many seats taken by others than `a` and `b`. */
export async function posted(maxParticipants = 1, taken = 0) {
  const [owner, a, b] = await newMembers(3);
  const others: MemberContext[] = await newMembers(taken);
  const availability = await postAvailability(owner, { maxParticipants });
  for (const other of others) await book(other, availability);
  return { members: [owner, a, b, ...others], owner, a, b, availability };
}

/** Such an availability, in which `a` has a seat. */
export async function booked(maxParticipants = 1, taken = 0) {
  const given = await posted(maxParticipants, taken);
  return { ...given, meeting: await book(given.a, given.availability) };
}

/** Two availabilities at one time, of two owners. */
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

/** The new profile, and what the function makes of its record. */
export async function rename(member: MemberContext, profile: SetUserInput) {
  await setUser(member, profile);
  await refreshCopies(member, member.actor.username);
}
