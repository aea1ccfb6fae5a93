/** Searches, and members who are alone with their availabilities. */
import { searchAvailabilities } from "../availabilities/index.ts";
import type { Availability, SearchAvailabilitiesInput } from "../availabilities/schema.ts";
import type { MemberContext } from "../context/context.ts";
import { day } from "../instant.ts";
import { after, clockOfItsOwn, newMembers } from "./index.ts";

/** Creates an owner and a member with a separate clock, so that no other availabilities are near. */
export async function alone() {
  const now = clockOfItsOwn();
  const [owner, member] = await newMembers(2, { now });
  return { now, owner, member };
}

/** Searches the week after the member's clock, with a hundred results on a page, unless `given` says otherwise. */
export function search(
  member: MemberContext,
  given: Partial<SearchAvailabilitiesInput> = {},
): Promise<{ items: Availability[]; cursor?: string }> {
  return searchAvailabilities(member, {
    from: member.now.toISOString(),
    to: after(member, 7 * day),
    limit: 100,
    ...given,
  });
}

/** Returns the ids that such a search finds. */
export async function found(
  member: MemberContext,
  given: Partial<SearchAvailabilitiesInput> = {},
): Promise<string[]> {
  return (await search(member, given)).items.map(({ id }) => id);
}
