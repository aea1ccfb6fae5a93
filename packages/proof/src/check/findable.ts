import { doneOf, type History, sentTo } from "../history.ts";
import type { Tables } from "../tables.ts";
import type { Accounts } from "./accounts.ts";
import type { Finding } from "./finding.ts";
import { readToEnd } from "./looks.ts";
import { isSeveral, lastFreeStart, offerOf } from "./offer.ts";

/**
 * Checks that each member finds, in their final search, every seat that they may book: free in the final tables, at a
 * time when its owner is free.
 */
export function checkFindable(
  history: History,
  accounts: Accounts,
  { availabilities, meetings }: Tables,
): Finding {
  const quiet = Math.max(
    0,
    ...history.calls
      .filter(({ procedure }) => procedure !== "availability.search")
      .flatMap(({ attempts }) => attempts.map(({ end }) => end)),
  );
  const searches = readToEnd(doneOf(sentTo(history, "availability.search"))).filter(
    ({ time }) => time.start > quiet,
  );
  const scheduled = meetings.filter(({ status }) => status === "SCHEDULED");
  const violations: string[] = [];
  let found = 0;
  for (const { username, cohort } of history.members) {
    if (accounts.leaving(username)) continue;
    const search = searches.findLast(({ call }) => call.member === username);
    if (!search) violations.push(`member ${username} made no search in the end`);
    for (const availability of availabilities) {
      const { id, owner, cohorts, seats, maxParticipants, status } = availability;
      const ofOwner = scheduled.filter(
        (meeting) =>
          meeting.availabilityId !== id && (meeting.owner === owner || meeting.participant === owner),
      );
      const taken = isSeveral(availability) ? [...Object.values(seats), ...availability.closed] : [];
      const isFree =
        status !== "CANCELED" &&
        (isSeveral(availability) || Object.keys(seats).length < maxParticipants) &&
        lastFreeStart(offerOf(availability), [...taken, ...ofOwner]) !== undefined;
      const mayBook = owner !== username && cohorts.includes(cohort) && !(username in seats);
      const isApart = search && accounts.mayBeApart(username, owner, search.time);
      if (!search || !isFree || !mayBook || isApart) continue;
      found += 1;
      if (!search.shown.has(id))
        violations.push(`member ${username} does not find availability ${id}, which is free`);
    }
  }
  return { looked: `${found} free availabilities, each for a member who may book it`, violations };
}
