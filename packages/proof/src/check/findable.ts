import { doneOf, type History, sentTo } from "../history.ts";
import type { Tables } from "../tables.ts";
import type { Accounts } from "./accounts.ts";
import type { Finding } from "./finding.ts";
import { readToEnd } from "./looks.ts";
import { isSeveral, lastFreeStart, offerOf } from "./window-model.ts";

/**
 * Whether each seat that the tables have free in the end, at a time when its owner is, is found by each member who may
 * book it, in the search of everything that each of them made when all was quiet.
 */
export function checkFindable(history: History, accounts: Accounts, { windows, meetings }: Tables): Finding {
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
    for (const window of windows) {
      const { id, owner, cohorts, seats, maxParticipants, status } = window;
      const ofOwner = scheduled.filter(
        (meeting) =>
          meeting.availabilityId !== id && (meeting.owner === owner || meeting.participant === owner),
      );
      const taken = isSeveral(window) ? [...Object.values(seats), ...window.closed] : [];
      const isFree =
        status !== "CANCELED" &&
        (isSeveral(window) || Object.keys(seats).length < maxParticipants) &&
        lastFreeStart(offerOf(window), [...taken, ...ofOwner]) !== undefined;
      const mayBook = owner !== username && cohorts.includes(cohort) && !(username in seats);
      const isApart = search && accounts.mayBeApart(username, owner, search.time);
      if (!search || !isFree || !mayBook || isApart) continue;
      found += 1;
      if (!search.shown.has(id))
        violations.push(`member ${username} does not find window ${id}, which is free`);
    }
  }
  return { looked: `${found} free windows, each for a member who may book it`, violations };
}
