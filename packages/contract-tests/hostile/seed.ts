import { availability, inMinutes, type Member } from "../contract/client.ts";
import type { SeedData } from "./inputs.ts";

/** Creates some availabilities and meetings, so that inputs can refer to them. */
export async function settle(members: readonly Member[]): Promise<SeedData> {
  const [owner, guest] = members as readonly [Member, Member];
  const ids: string[] = [];
  for (const at of [30, 33, 36, 39]) {
    const span = { startTime: inMinutes(at * 60), endTime: inMinutes(at * 60 + 120) };
    const { data } = await owner.mutate(
      "availability.set",
      availability({ ...span, maxParticipants: at === 33 ? 5 : 1 }),
    );
    ids.push(data.id);
    if (at > 33) continue;
    const startTime = span.startTime;
    const { data: meeting } = await guest.mutate("availability.book", {
      owner: data.owner,
      id: data.id,
      startTime,
    });
    ids.push(meeting.id);
  }
  const pages = [
    await owner.query("availability.list", { limit: 1 }),
    await owner.query("meeting.list", { limit: 1 }),
    await guest.query("availability.search", { from: inMinutes(0), to: inMinutes(6_000), limit: 1 }),
  ];
  return {
    usernames: members.map(({ username }) => username),
    ids,
    cursors: ["", ".", "x.y", ...pages.map(({ data }) => String(data.cursor))],
  };
}

/** Warms the process up with ordinary calls, so that its memory is measured in normal use. */
export async function useOrdinarily(members: readonly Member[]): Promise<void> {
  const span = { from: inMinutes(0), to: inMinutes(6_000) };
  for (let round = 0; round < 40; round++) {
    await Promise.all(
      members.flatMap((by) => [
        by.query("user.get"),
        by.mutate("user.set", { bio: `Round ${round}`, timezone: "Asia/Kathmandu" }),
        by.query("availability.search", span),
        by.query("availability.list"),
        by.query("meeting.list"),
        by.query("calendar.get", span),
        by.query("meeting.get", { id: "none" }),
      ]),
    );
  }
}
