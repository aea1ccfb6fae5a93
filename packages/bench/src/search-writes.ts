import { TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { setAvailability } from "@kumite/core/availabilities";
import type { SetAvailabilityInput } from "@kumite/core/availabilities/schema";
import { bookAvailability, cancelMeeting } from "@kumite/core/booking";
import type { Database, DocumentClient } from "@kumite/core/database";
import { benchCommunity, callersCohort } from "./community.ts";
import { createDrafts, draftMember } from "./drafts.ts";
import { type Engine, load } from "./engine.ts";
import { rotated } from "./measure.ts";

const hour = 3_600_000;

const verbs = ["post", "book the last seat", "cancel, which frees it"] as const;

/** A verb on a one-to-one availability, and what its transaction writes. */
export interface Write {
  verb: (typeof verbs)[number];
  cohorts: number;
  withOpenings: boolean;
  /** Items in the transaction. */
  items: number;
  /** Write units of their openings: two for each started kilobyte, as DynamoDB charges in a transaction. */
  openingUnits: number;
  /** For the whole call, in milliseconds. */
  times: number[];
}

/** Measures what posting, booking and canceling cost, with and without openings. */
export async function measureWrites(engine: Engine, now: Date, rounds: number): Promise<Write[]> {
  const drafts = createDrafts(engine.database.names);
  const owner = await draftMember(drafts, "owner", now);
  const member = await draftMember(drafts, "member", now, callersCohort);
  await load(engine, [benchCommunity, ...drafts.takeItems()]);
  const variants = [1, 3, 24].flatMap((cohorts) =>
    [true, false].map((withOpenings) => ({
      cohorts,
      writes: verbs.map(
        (verb): Write => ({ verb, cohorts, withOpenings, items: 0, openingUnits: 0, times: [] }),
      ),
    })),
  );
  // Each availability has its own full hour, so that nobody is busy and none crosses midnight.
  let start = Math.ceil(now.getTime() / hour) * hour;
  for (let round = 0; round < rounds; round++) {
    for (const { cohorts, writes } of rotated(variants, round)) {
      start += hour;
      const input: SetAvailabilityInput = {
        startTime: new Date(start).toISOString(),
        endTime: new Date(start + hour).toISOString(),
        types: ["sparring"],
        cohorts: [callersCohort, ...Array.from({ length: cohorts - 1 }, (_, at) => `Cohort ${at + 1}`)],
      };
      const [posting, booking, canceling] = writes.map((write) => watched(engine.database, write));
      if (!posting || !booking || !canceling) throw new Error("A verb is missing");
      const { id } = await posting((database) => setAvailability({ ...owner, database }, input));
      const meeting = await booking((database) =>
        bookAvailability({ ...member, database }, { owner: owner.actor.username, id }),
      );
      await canceling((database) => cancelMeeting({ ...member, database }, { id: meeting.id }));
    }
  }
  return variants.flatMap(({ writes }) => writes);
}

/** Returns a database that records what a verb writes, and omits openings if asked. */
function watched({ names, client }: Database, write: Write) {
  const isOpening = (change: object) => "TableName" in change && change.TableName === names.Openings;
  const send = (command: Parameters<DocumentClient["send"]>[0]) => {
    if (command instanceof TransactWriteCommand) {
      const { TransactItems = [] } = command.input;
      const changes = TransactItems.map((item) => Object.values(item)[0] as object);
      const openings = changes.filter(isOpening);
      if (!write.withOpenings) {
        command.input.TransactItems = TransactItems.filter((_, at) => !isOpening(changes[at] ?? {}));
      }
      write.items = command.input.TransactItems?.length ?? 0;
      // JSON is slightly longer than the stored item.
      const kilobytes = openings.map((opening) => Math.ceil(JSON.stringify(opening).length / 1_024));
      write.openingUnits = write.withOpenings ? 2 * kilobytes.reduce((sum, each) => sum + each, 0) : 0;
    }
    return client.send(command);
  };
  const database: Database = { names, client: { send: send as DocumentClient["send"] } };
  return async <Result>(call: (database: Database) => Promise<Result>): Promise<Result> => {
    const begin = performance.now();
    const result = await call(database);
    write.times.push(performance.now() - begin);
    return result;
  };
}
