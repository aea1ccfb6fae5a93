import type { Availability } from "@kumite/core/availabilities/schema";
import { type Attempt, doneOf, type History, sentTo } from "../history.ts";

/** An availability as an answer has shown it. */
export interface ShownAvailability {
  /** Who asked. */
  readonly member: string;
  readonly attempt: Attempt;
  readonly availability: Availability;
}

/** Every availability that an answer has shown, once for each answer. */
export function shownAvailabilities(history: History): ShownAvailability[] {
  const done = <P extends Parameters<typeof sentTo>[1]>(procedure: P) => doneOf(sentTo(history, procedure));
  return [
    ...done("availability.set").map((answer) => ({ ...answer, availabilities: [answer.data] })),
    ...done("availability.withdraw").map((answer) => ({ ...answer, availabilities: [answer.data] })),
    ...done("availability.get").map((answer) => ({ ...answer, availabilities: [answer.data] })),
    ...done("availability.list").map((answer) => ({ ...answer, availabilities: answer.data.items })),
    ...done("availability.search").map((answer) => ({ ...answer, availabilities: answer.data.items })),
    ...done("calendar.get").map((answer) => ({ ...answer, availabilities: answer.data.availabilities })),
  ].flatMap(({ call, attempt, availabilities }) =>
    availabilities.map((availability) => ({ member: call.member, attempt, availability })),
  );
}
