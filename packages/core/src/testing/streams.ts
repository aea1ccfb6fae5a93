import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
  type ShardIteratorType,
  TrimmedDataAccessException,
} from "@aws-sdk/client-dynamodb-streams";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import { inject } from "vitest";
import type { MemberActor } from "../context/actor.ts";
import { systemActor } from "../context/actor.ts";
import { eventSource } from "../follow-ups/event-source.ts";
import { followUp, readChange, type StreamRecord } from "../follow-ups/index.ts";
import { linkTestDatabase, testDatabase } from "./database.ts";
import { noSignIns } from "./records.ts";

type Image = Record<string, AttributeValue>;
type Images = { OldImage?: Image; NewImage?: Image };

/** The stream records from the start of the watch on. */
export interface WatchedStreams {
  /** Reads all records so far about one of the members, in order, table by table. */
  read(members: readonly { actor: MemberActor }[]): Promise<StreamRecord[]>;
}

/**
 * Starts to watch the streams.
 * @throws unless the file has called `useStreams`, without which its tables have no streams
 */
export async function watchStreams(): Promise<WatchedStreams> {
  linkTestDatabase();
  const client = new DynamoDBStreamsClient({ endpoint: inject("dynamoEndpoint") });
  const { names } = testDatabase();
  const sources = await Promise.all(
    eventSource.tables.map(async (table) => {
      const { Streams } = await client.send(new ListStreamsCommand({ TableName: names[table] }));
      const StreamArn = Streams?.[0]?.StreamArn;
      const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn }));
      // A test run is too short for a shard to be closed.
      const ShardId = StreamDescription?.Shards?.at(-1)?.ShardId;
      const at = async (ShardIteratorType: ShardIteratorType) =>
        (await client.send(new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType })))
          .ShardIterator;
      return { StreamArn, latest: await at("LATEST"), oldest: () => at("TRIM_HORIZON") };
    }),
  );
  return {
    async read(members) {
      const usernames = new Set(members.map(({ actor }) => actor.username));
      const records: StreamRecord[] = [];
      for (const { StreamArn, latest, oldest } of sources) {
        let iterator = latest;
        for (let isAtEnd = false; iterator && !isAtEnd; ) {
          try {
            const answer = await client.send(new GetRecordsCommand({ ShardIterator: iterator }));
            const read = answer.Records ?? [];
            for (const { dynamodb = {} } of read) {
              const { OldImage, NewImage } = dynamodb;
              const images = {
                ...(OldImage && { OldImage: withEmptyMaps(OldImage) }),
                ...(NewImage && { NewImage: withEmptyMaps(NewImage) }),
              };
              if (isAbout(images, usernames))
                records.push({ eventSourceARN: StreamArn ?? "", dynamodb: images });
            }
            isAtEnd = read.length === 0;
            iterator = answer.NextShardIterator;
          } catch (error) {
            // DynamoDB Local has no latest position in a stream without records.
            if (!(error instanceof TrimmedDataAccessException) || iterator !== latest) throw error;
            iterator = await oldest();
          }
        }
      }
      client.destroy();
      return records;
    },
  };
}

function isAbout({ NewImage, OldImage }: Images, usernames: ReadonlySet<string>): boolean {
  const image = unmarshall(NewImage ?? OldImage ?? {});
  return [image["username"], image["owner"], image["participant"]].some((name) => usernames.has(name));
}

/** DynamoDB Local writes an empty map as `{}`; DynamoDB writes `{"M":{}}`. */
function withEmptyMaps(image: Image): Image {
  return Object.fromEntries(
    Object.entries(image).map(([name, value]) => {
      if (Object.keys(value).length === 0) return [name, { M: {} }];
      return [name, value.M ? { M: withEmptyMaps(value.M) } : value];
    }),
  );
}

/** Runs the follow-ups of records, in the given order and batch size. */
export async function followUpAll(
  records: readonly StreamRecord[],
  now: Date,
  batchSize = 25,
): Promise<void> {
  const database = testDatabase();
  for (let at = 0; at < records.length; at += batchSize) {
    const changes = records.slice(at, at + batchSize).map((record) => readChange(database, record));
    const [failure] = await followUp(
      { now, database, actor: systemActor("follow-up"), signIns: noSignIns },
      changes,
    );
    if (failure) throw failure.error;
  }
}
