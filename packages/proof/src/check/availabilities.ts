import type { Tables } from "../tables.ts";
import { addCancelationAnswers, addRefusedBookings, addRefusedLooks } from "./answers.ts";
import { keyOf, looksLike, notPosted, shownOf, takenTimes } from "./availability-model.ts";
import { addBookings, addDeletions, addEdits, addLeavings, addPosts, addWithdrawals } from "./changes.ts";
import type { Finding } from "./finding.ts";
import { findContradiction } from "./linearize.ts";
import { addAvailabilityLooks, addMeetingLooks, addMisses } from "./looks.ts";
import { shownAvailabilities } from "./shown.ts";
import { isNotThere, type Subjects } from "./subjects.ts";

/**
 * Checks that for each availability some order of the requests explains every answer and the final tables. Every
 * change, refusal and look is an operation. A look is an availability or meeting that a list or calendar has shown, or
 * should have shown and did not.
 */
export function checkAvailabilities(subjects: Subjects, tables: Tables): Finding {
  const shown = shownAvailabilities(subjects.history).map(({ availability }) => availability);
  addPosts(subjects, [...shown, ...tables.availabilities]);
  addEdits(subjects);
  addDeletions(subjects);
  addWithdrawals(subjects);
  addLeavings(subjects);
  addBookings(subjects);
  addRefusedBookings(subjects);
  addCancelationAnswers(subjects);
  addRefusedLooks(subjects);
  addAvailabilityLooks(subjects);
  addMeetingLooks(subjects);
  addMisses(subjects);
  addEnd(subjects, tables);

  const violations = [...subjects.violations];
  let count = 0;
  for (const { id, operations } of subjects.all) {
    count += operations.length;
    const contradiction = findContradiction({ initial: notPosted, key: keyOf, operations });
    if (contradiction !== undefined) violations.push(`availability ${id}: ${contradiction}`);
  }
  return { looked: `${subjects.all.length} availabilities, ${count} changes and looks`, violations };
}

/** Adds the final tables as one last look at every availability. */
function addEnd(subjects: Subjects, { availabilities }: Tables): void {
  const start = Math.max(
    0,
    ...subjects.history.calls.flatMap(({ attempts }) => attempts.map(({ end }) => end)),
  );
  const time = { start, end: Number.POSITIVE_INFINITY };
  const stored = new Map(availabilities.map((availability) => [availability.id, availability]));
  for (const { id } of subjects.all) {
    const availability = stored.get(id);
    const shown =
      availability &&
      shownOf({
        ...availability,
        taken: takenTimes({
          ...availability,
          offer: availability,
          seats: new Map(Object.entries(availability.seats)),
        }),
        participants: Object.keys(availability.seats).map((username) => ({ username })),
      });
    subjects.add(id, {
      ...time,
      describe: () => `the tables have it ${shown ? `as ${JSON.stringify(shown)}` : "no more"}`,
      holds: shown ? (state) => looksLike(state, shown) : isNotThere,
    });
  }
}
