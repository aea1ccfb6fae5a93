import { expect, test } from "vitest";
import { bookAvailability, getAvailability } from "../availabilities/index.ts";
import { getMeeting } from "../meetings/index.ts";
import { newMember, postWindow } from "../testing/index.ts";
import { setUser } from "./index.ts";

test("a new name and cohort show in windows and meetings that lie ahead", async () => {
  const [owner, member] = await Promise.all([newMember(), newMember()]);
  const window = await postWindow(owner, { maxParticipants: 3 });
  const meeting = await bookAvailability(member, window);

  await setUser(owner, { displayName: "Host anew", cohort: "Black" });
  await setUser(member, { displayName: "Guest anew", cohort: "Green" });

  expect(await getAvailability(member, window)).toMatchObject({
    ownerDisplayName: "Host anew",
    ownerCohort: "Black",
    participants: [{ username: member.actor, displayName: "Guest anew", cohort: "Green" }],
  });
  expect(await getMeeting(owner, meeting)).toMatchObject({
    ownerDisplayName: "Host anew",
    participantDisplayName: "Guest anew",
  });
});
