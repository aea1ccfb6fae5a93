/** People with copies of their name, cohort and link in every place that has copies. */
import { day } from "../instant.ts";
import { after, book, newMembers, postAvailability } from "./index.ts";

/** An owner whose group has a member in it, and who has a seat in an availability of another host. */
export async function bookedPeople() {
  const [owner, member, host] = await newMembers(3);
  const availability = await postAvailability(owner, { maxParticipants: 3, cohorts: ["White", "Yellow"] });
  const meeting = await book(member, availability);
  const elsewhere = await postAvailability(host, { startTime: after(host, 3 * day) });
  const seat = await book(owner, elsewhere);
  return { owner, member, host, availability, meeting, elsewhere, seat, members: [owner, member, host] };
}
