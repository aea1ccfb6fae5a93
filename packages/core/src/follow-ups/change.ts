import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import { type AvailabilityRecord, asAvailability } from "../availabilities/repository.ts";
import type { Database } from "../database/database.ts";
import { asMeeting, type MeetingRecord } from "../meetings/repository.ts";
import { asUser, type UserRecord } from "../users/repository.ts";
import { eventSource } from "./event-source.ts";

/** An item before and after a write; undefined if it did not exist. */
interface Images<Item> {
  before: Item | undefined;
  after: Item | undefined;
}

/** A committed change of one item, read from a table's stream. */
export type Change =
  | ({ table: "Users" } & Images<UserRecord>)
  | ({ table: "Availabilities" } & Images<AvailabilityRecord>)
  | ({ table: "Meetings" } & Images<MeetingRecord>);

/** The parts of a stream record that are used here. */
export interface StreamRecord {
  /** The ARN of the stream: `arn:aws:dynamodb:<region>:<account>:table/<name>/stream/<label>`. */
  eventSourceARN?: string | undefined;
  dynamodb?: { OldImage?: object | undefined; NewImage?: object | undefined } | undefined;
}

/**
 * Reads a stream record.
 * @throws Error for a record of another table
 */
export function readChange({ names }: Pick<Database, "names">, record: StreamRecord): Change {
  const [, name] = /:table\/([^/]+)\/stream\//.exec(record.eventSourceARN ?? "") ?? [];
  const table = eventSource.tables.find((each) => names[each] === name);
  const { OldImage, NewImage } = record.dynamodb ?? {};
  switch (table) {
    case "Users":
      return { table, before: read(OldImage, asUser), after: read(NewImage, asUser) };
    case "Availabilities":
      return { table, before: read(OldImage, asAvailability), after: read(NewImage, asAvailability) };
    case "Meetings":
      return { table, before: read(OldImage, asMeeting), after: read(NewImage, asMeeting) };
    default:
      throw new Error(`No follow-up for ${record.eventSourceARN}`);
  }
}

function read<Item>(image: object | undefined, as: (item: object) => Item): Item | undefined {
  return image && as(unmarshall(image as Record<string, AttributeValue>));
}
