import type { History } from "../history.ts";
import type { Tables } from "../tables.ts";
import { Accounts, checkAccounts } from "./accounts.ts";
import { checkAvailabilities } from "./availabilities.ts";
import { deriveBookings } from "./bookings.ts";
import { checkFindable } from "./findable.ts";
import type { Finding } from "./finding.ts";
import { checkPeople } from "./people.ts";
import { Subjects } from "./subjects.ts";

export interface Violation {
  /** The check that found it. */
  readonly check: string;
  /** In words. */
  readonly what: string;
}

/** Returns everything in a history, or in the tables after it, that no order of the requests explains. */
export function checkHistory(history: History, tables: Tables): Violation[] {
  return Object.entries(runChecks(history, tables)).flatMap(([check, { violations }]) =>
    violations.map((what) => ({ check, what })),
  );
}

/** Runs every check. Returns its result by name. */
export function runChecks(history: History, tables: Tables): Record<string, Finding> {
  const accounts = new Accounts(history);
  const { finding, bookings } = deriveBookings(history, accounts, tables);
  const subjects = new Subjects(history, accounts, bookings);
  return {
    "every acknowledged booking and cancelation holds": finding,
    "each availability: some order explains every answer": checkAvailabilities(subjects, tables),
    "each person: never in two places, busy when said so": checkPeople(subjects),
    "in the end, every free seat is found": checkFindable(history, accounts, tables),
    "blocks, names and who has left": checkAccounts(history, accounts, tables),
    "in the end, all tables tell one story": {
      looked: `${tables.availabilities.length} availabilities, ${tables.meetings.length} meetings, every calendar`,
      violations: tables.disagreements,
    },
    "every failure says that trying again is safe": checkFailures(history),
  };
}

/** Checks that an unreachable database or API causes only the failures that the contract allows. */
function checkFailures({ calls }: History): Finding {
  const unknown = calls.flatMap(({ id, procedure, attempts }) =>
    attempts.flatMap(({ outcome }) =>
      outcome.kind === "unknown" ? [{ id, procedure, why: outcome.why }] : [],
    ),
  );
  const defects = unknown.filter(({ why }) => why === "INTERNAL_SERVER_ERROR" || why === "HTTP 500");
  return {
    looked: `${unknown.length} requests without an outcome`,
    violations: defects.map(({ id, procedure, why }) => `call ${id}: ${procedure} answers ${why}`),
  };
}
