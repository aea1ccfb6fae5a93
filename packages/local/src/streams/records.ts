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

/** The ARN of a table's present stream; undefined where the table or its stream is not there. */
export async function findStream(client: DynamoDBStreamsClient, table: string): Promise<string | undefined> {
  const { Streams = [] } = await client.send(new ListStreamsCommand({ TableName: table }));
  // By their labels, which are instants.
  return Streams.map(({ StreamArn }) => StreamArn)
    .sort()
    .at(-1);
}

/** All shards of a stream: those that are closed, too. */
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

/** A record as Lambda hands it to a function. */
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
  // DynamoDB Local leaves the type of an empty map out.
  if (Object.keys(value).length === 0) return { M: {} };
  if (value.M) return { M: toEventImage(value.M) };
  if (value.L) return { L: value.L.map(toEventValue) };
  if (value.B) return { B: Buffer.from(value.B).toString("base64") };
  if (value.BS) return { BS: value.BS.map((bytes) => Buffer.from(bytes).toString("base64")) };
  return value as EventValue;
}
