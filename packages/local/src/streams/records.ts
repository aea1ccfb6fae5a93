import {
  type _Record,
  type AttributeValue,
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  ListStreamsCommand,
  type Shard,
} from "@aws-sdk/client-dynamodb-streams";
import type { DynamoDBRecord, AttributeValue as EventValue } from "aws-lambda";
import { region } from "../aws.ts";

/** Returns the ARN of a table's current stream; undefined if the table or its stream does not exist. */
export async function findStream(client: DynamoDBStreamsClient, table: string): Promise<string | undefined> {
  const { Streams = [] } = await client.send(new ListStreamsCommand({ TableName: table }));
  // Sorts by label, which is an instant.
  return Streams.map(({ StreamArn }) => StreamArn)
    .sort()
    .at(-1);
}

/** Lists all shards of a stream, closed ones included. */
export async function listShards(client: DynamoDBStreamsClient, streamArn: string): Promise<Shard[]> {
  const shards: Shard[] = [];
  let after: string | undefined;
  do {
    const { StreamDescription } = await client.send(
      new DescribeStreamCommand({
        StreamArn: streamArn,
        ...(after !== undefined && { ExclusiveStartShardId: after }),
      }),
    );
    shards.push(...(StreamDescription?.Shards ?? []));
    after = StreamDescription?.LastEvaluatedShardId;
  } while (after !== undefined);
  return shards;
}

/** Converts a record to the form in which Lambda passes it to a function. */
export function toEventRecord(record: _Record, streamArn: string): DynamoDBRecord {
  const { dynamodb = {}, eventID, eventName, eventVersion, userIdentity } = record;
  const { ApproximateCreationDateTime, Keys, OldImage, NewImage, ...rest } = dynamodb;
  return {
    ...(eventID !== undefined && { eventID }),
    ...(eventName !== undefined && { eventName }),
    ...(eventVersion !== undefined && { eventVersion }),
    eventSource: "aws:dynamodb",
    awsRegion: region,
    eventSourceARN: streamArn,
    ...(userIdentity && { userIdentity: { principalId: userIdentity.PrincipalId, type: userIdentity.Type } }),
    dynamodb: {
      ...(rest as NonNullable<DynamoDBRecord["dynamodb"]>),
      ...(ApproximateCreationDateTime && {
        ApproximateCreationDateTime: ApproximateCreationDateTime.getTime() / 1_000,
      }),
      ...(Keys && { Keys: toEventImage(Keys) }),
      ...(OldImage && { OldImage: toEventImage(OldImage) }),
      ...(NewImage && { NewImage: toEventImage(NewImage) }),
    },
  };
}

function toEventImage(image: Record<string, AttributeValue>): Record<string, EventValue> {
  return Object.fromEntries(Object.entries(image).map(([name, value]) => [name, toEventValue(value)]));
}

function toEventValue(value: AttributeValue): EventValue {
  // DynamoDB Local omits the type of an empty map.
  if (Object.keys(value).length === 0) return { M: {} };
  if (value.M) return { M: toEventImage(value.M) };
  if (value.L) return { L: value.L.map(toEventValue) };
  if (value.B) return { B: Buffer.from(value.B).toString("base64") };
  if (value.BS) return { BS: value.BS.map((bytes) => Buffer.from(bytes).toString("base64")) };
  return value as EventValue;
}
