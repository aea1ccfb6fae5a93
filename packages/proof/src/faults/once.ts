import type { Availability } from "@kumite/core/availabilities/schema";
import type { Finding } from "../check/finding.ts";
import { type CallOf, doneOf, type History, sentTo } from "../history.ts";
import type { Tables } from "../tables.ts";

/**
 * Checks that a posting makes only one availability however often it is sent, because all attempts of a call have the
 * same key. Looks at every availability that was shown or is stored; its description names its call.
 */
export function checkPostedOnce(history: History, tables: Tables): Finding {
  const availabilities = [
    ...tables.availabilities,
    ...doneOf(sentTo(history, "availability.set")).map(({ data }) => data),
    ...doneOf(sentTo(history, "availability.get")).map(({ data }) => data),
    ...listsOf(history),
  ];
  const idsOf = Map.groupBy(availabilities, ({ owner, description }) => `${owner} ${description}`);
  const posts = history.calls.filter(
    (call): call is CallOf<"availability.set"> =>
      call.procedure === "availability.set" && call.input.id === undefined,
  );
  const violations = posts.flatMap((call) => {
    const ids = new Set(idsOf.get(`${call.member} ${call.input.description}`)?.map(({ id }) => id));
    return ids.size > 1 ? [`call ${call.id} has posted ${ids.size} availabilities`] : [];
  });
  const repeated = posts.filter(({ attempts }) => attempts.length > 1);
  return { looked: `${posts.length} postings, ${repeated.length} of them sent again`, violations };
}

function listsOf(history: History): readonly Availability[] {
  const lists = [
    ...doneOf(sentTo(history, "availability.list")),
    ...doneOf(sentTo(history, "availability.search")),
  ];
  return lists.flatMap(({ data }) => data.items);
}
