/** What database tests of core, api and functions share: a real database, and members with keys of their own. */
import { randomUUID } from "node:crypto";
import { inject } from "vitest";
import { setAvailability } from "../availabilities/index.ts";
import { type Availability, SetAvailabilityInput } from "../availabilities/schema.ts";
import type { Cohort } from "../community/schema.ts";
import type { MemberContext } from "../context.ts";
import { createDatabase, type Database } from "../database/database.ts";
import { hour, shift } from "../instant.ts";
import { createUser, setUser } from "../users/index.ts";

/** The clock of tests: a moment before the European and after the American change of clocks. */
export const now = new Date("2027-03-20T09:00:00.000Z");

let database: Database | undefined;

/** The run's DynamoDB Local. */
export function testDatabase(): Database {
  process.env["AWS_ENDPOINT_URL_DYNAMODB"] = inject("dynamoEndpoint");
  process.env["AWS_REGION"] = "us-east-1";
  process.env["AWS_ACCESS_KEY_ID"] = "test";
  process.env["AWS_SECRET_ACCESS_KEY"] = "test";
  database ??= createDatabase({ ...inject("tableNames") });
  return database;
}

/** A new member and what they may use; `cohort` is White where left out. */
export async function newMember(
  options: { cohort?: Cohort | null; displayName?: string } = {},
): Promise<MemberContext> {
  const ctx: MemberContext = { now, database: testDatabase(), actor: randomUUID(), cursorKey: "test" };
  const { cohort = "White", displayName = "A member" } = options;
  await createUser(ctx, { username: ctx.actor, email: `${ctx.actor}@example.com`, name: displayName });
  if (cohort !== null) await setUser(ctx, { cohort });
  return ctx;
}

/** The input of a window that begins a day from `now` and lasts an hour, but for what is given. */
export function windowInput(given: Partial<SetAvailabilityInput> = {}): SetAvailabilityInput {
  const startTime = given.startTime ?? shift(now.toISOString(), 24 * hour);
  return SetAvailabilityInput.parse({
    startTime,
    endTime: shift(startTime, hour),
    types: ["sparring"],
    cohorts: ["White"],
    ...given,
  });
}

/** Posts such a window. */
export function postWindow(owner: MemberContext, given: Partial<SetAvailabilityInput> = {}): Promise<Availability> {
  return setAvailability(owner, windowInput(given));
}
