/** People whose names, cohorts and links are copied to everywhere that shows them. */
import { day } from "../instant.ts";
import { after, book, newMembers, postAvailability } from "./index.ts";

/** An owner with a group in which a member has a seat, and the owner's own seat in an availability of a host. */
export async function bookedPeople() {
  const [owner, member, host] = await newMembers(3);
  const availability = await postAvailability(owner, { maxParticipants: 3, cohorts: ["White", "Yellow"] });
  const meeting = await book(member, availability);
  const elsewhere = await postAvailability(host, { startTime: after(host, 3 * day) });
  const seat = await book(owner, elsewhere);
  return { owner, member, host, availability, meeting, elsewhere, seat, members: [owner, member, host] };
}
