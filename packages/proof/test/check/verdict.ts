/** Runs the checker on a story. */
import type { Availability } from "@kumite/core/availabilities/schema";
import type { Meeting } from "@kumite/core/meetings/schema";
import { checkHistory } from "../../src/check/index.ts";
import type { Call } from "../../src/history.ts";
import type { Tables } from "../../src/tables.ts";
import { type Step, search } from "./story.ts";

/** As many members as two transactions of a withdrawal remove. */
export const crowd = Array.from({ length: 24 }, (_, index) => `guest ${index}`);
const members = [
  ...crowd.map((username) => ({ username, cohort: "White" })),
  { username: "owner", cohort: "White" },
  { username: "ann", cohort: "White" },
  { username: "ben", cohort: "White" },
  { username: "zoe", cohort: "Black" },
];

/** Returns the violations in a story with these final tables. At its end all members search. */
export function verdict(
  steps: readonly Step[],
  availabilities: readonly Availability[],
  meetings: readonly Meeting[] = [],
): string {
  const end = 1_000;
  const left = steps.filter(({ procedure }) => procedure === "user.delete").map(({ member }) => member);
  const here = members.filter(({ username }) => !left.includes(username));
  const searches = here.map(({ username, cohort }) => {
    const found = availabilities
      .map(anonymousView)
      .filter(
        (availability) =>
          availability.status === "SCHEDULED" &&
          availability.ownerBusy?.[0]?.endTime !== availability.endTime &&
          availability.owner !== username &&
          availability.cohorts.includes(cohort) &&
          !availability.participants.some((participant) => participant.username === username),
      );
    return search([end, end + 1], username, found);
  });
  const calls = [...steps, ...searches].map(
    ({ time: [start, end], outcome, ...call }, index) =>
      ({ id: index + 1, list: index + 1, attempts: [{ start, end, outcome }], ...call }) as unknown as Call,
  );
  const tables: Tables = {
    availabilities: availabilities.map((availability) => ({
      ...availability,
      seats: Object.fromEntries(
        availability.participants.map(({ username }) => {
          const held = meetings.find(
            ({ availabilityId, participant, status }) =>
              availabilityId === availability.id && participant === username && status === "SCHEDULED",
          );
          return [username, { ...(held ?? availability), meetingId: held?.id ?? "" }];
        }),
      ),
      closed: availability.taken.filter(
        ({ startTime }) => !meetings.some((one) => one.status === "SCHEDULED" && one.startTime === startTime),
      ),
    })),
    meetings,
    disagreements: [],
  };
  return checkHistory({ seed: 0, members, calls }, tables)
    .map(({ what }) => what)
    .join("\n");
}

/** What other members see of an availability that is not booked. */
function anonymousView({ link, ...availability }: Availability): Availability {
  return availability.maxParticipants > 1 ? availability : { ...availability, participants: [] };
}

/** A story's name, its steps, and the final tables. */
export type Explained = [string, Step[], Availability[], Meeting[]?];
/** The same; the second text is a part of the expected violation. */
export type Unexplained = [string, string, Step[], Availability[], Meeting[]?];
