import type { Availability } from "@kumite/core/availabilities/schema";
import { doneOf, type History, sentTo } from "../history.ts";
import type { Tables } from "../tables.ts";

/**
 * Postings that have made more than one window, though all of a call's attempts have one key: by every window that was
 * ever shown to somebody or is stored. A window tells by its description which call it is from.
 */
export function findPostedTwice(history: History, tables: Tables): string[] {
  const windows = [
    ...tables.windows,
    ...doneOf(sentTo(history, "availability.set")).map(({ data }) => data),
    ...doneOf(sentTo(history, "availability.get")).map(({ data }) => data),
    ...listsOf(history),
  ];
  const idsOf = Map.groupBy(windows, ({ owner, description }) => `${owner} ${description}`);
  return sentTo(history, "availability.set").flatMap(({ call }) => {
    if (call.input.id !== undefined) return [];
    const ids = new Set(idsOf.get(`${call.member} ${call.input.description}`)?.map(({ id }) => id));
    return ids.size > 1 ? [`call ${call.id} has posted ${ids.size} windows`] : [];
  });
}

function listsOf(history: History): readonly Availability[] {
  const lists = [
    ...doneOf(sentTo(history, "availability.list")),
    ...doneOf(sentTo(history, "availability.search")),
  ];
  return lists.flatMap(({ data }) => data.items);
}
