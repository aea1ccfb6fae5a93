import type { Tables } from "../tables.ts";
import { addCancelationAnswers, addRefusedBookings, addRefusedLooks } from "./answers.ts";
import { addBookings, addDeletions, addEdits, addLeavings, addPosts, addWithdrawals } from "./changes.ts";
import type { Finding } from "./finding.ts";
import { findContradiction } from "./linearize.ts";
import { addMeetingLooks, addMisses, addWindowLooks, shownWindows } from "./looks.ts";
import { isNotThere, type Subjects } from "./subjects.ts";
import { keyOf, looksLike, notPosted, shownOf, takenTimes } from "./window-model.ts";

/**
 * Whether for each window some order of what was asked explains every answer, up to what the tables hold in the end.
 * Every change and every refusal is an operation, and so is every look: where a list or a calendar has shown the window
 * or a meeting in it, and where one should have and did not.
 */
export function checkWindows(subjects: Subjects, tables: Tables): Finding {
  addPosts(subjects, [...shownWindows(subjects), ...tables.windows]);
  addEdits(subjects);
  addDeletions(subjects);
  addWithdrawals(subjects);
  addLeavings(subjects);
  addBookings(subjects);
  addRefusedBookings(subjects);
  addCancelationAnswers(subjects);
  addRefusedLooks(subjects);
  addWindowLooks(subjects);
  addMeetingLooks(subjects);
  addMisses(subjects);
  addEnd(subjects, tables);

  const violations = [...subjects.violations];
  let count = 0;
  for (const { id, operations } of subjects.all) {
    count += operations.length;
    const contradiction = findContradiction({ initial: notPosted, key: keyOf, operations });
    if (contradiction !== undefined) violations.push(`window ${id}: ${contradiction}`);
  }
  return { looked: `${subjects.all.length} windows, ${count} changes and looks`, violations };
}

/** The tables are one last look at every window. */
function addEnd(subjects: Subjects, { windows }: Tables): void {
  const start = Math.max(
    0,
    ...subjects.history.calls.flatMap(({ attempts }) => attempts.map(({ end }) => end)),
  );
  const time = { start, end: Number.POSITIVE_INFINITY };
  const stored = new Map(windows.map((window) => [window.id, window]));
  for (const { id } of subjects.all) {
    const window = stored.get(id);
    const shown =
      window &&
      shownOf({
        ...window,
        taken: takenTimes({ ...window, offer: window, seats: new Map(Object.entries(window.seats)) }),
        participants: Object.keys(window.seats).map((username) => ({ username })),
      });
    subjects.add(id, {
      ...time,
      describe: () => `the tables have it ${shown ? `as ${JSON.stringify(shown)}` : "no more"}`,
      holds: shown ? (state) => looksLike(state, shown) : isNotThere,
    });
  }
}
