import { isDeepStrictEqual } from "node:util";
import { QueryCommand, type QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import type { Database } from "../database/database.ts";
import type { TransactItem } from "../database/transact.ts";
import { longestAvailability, shift } from "../instant.ts";
import type { AvailabilityStatus } from "./schema.ts";

/**
 * The Openings table, which search reads. An availability is in it once for each cohort that it is open to, as long as
 * it is `SCHEDULED`, that is, has a free seat. The transactions that change the availability also change its openings.
 */
export interface Opening {
  cohort: string;
  /** `<startTime>#<id>`: the order of search. */
  opening: string;
  owner: string;
  ownerCohort: string | null;
  id: string;
  endTime: string;
  lastStart: string;
  types: string[];
  /** Seconds since the epoch: DynamoDB may remove it once no start is ahead. */
  expiresAt: number;
}

declare module "../database/records.ts" {
  interface TableRecords {
    Openings: Opening;
  }
}

/** The fields that an availability's openings are made from. */
export interface OfferedAvailability {
  owner: string;
  ownerCohort: string | null;
  id: string;
  startTime: string;
  endTime: string;
  lastStart: string;
  types: string[];
  cohorts: string[];
  status: AvailabilityStatus;
}

export function openingKey(availability: Pick<OfferedAvailability, "startTime" | "id">): string {
  return `${availability.startTime}#${availability.id}`;
}

/** Returns the openings that an availability has: one for each cohort, or none if nobody may book it. */
export function openingsOf(availability: OfferedAvailability): Opening[] {
  if (availability.status !== "SCHEDULED") return [];
  const { owner, ownerCohort, id, endTime, lastStart, types } = availability;
  const expiresAt = Math.ceil(Date.parse(lastStart) / 1_000);
  const opening = openingKey(availability);
  return availability.cohorts.map((cohort) => ({
    cohort,
    opening,
    owner,
    ownerCohort,
    id,
    endTime,
    lastStart,
    types,
    expiresAt,
  }));
}

/**
 * Returns the writes that update an availability's openings after a change. They are only correct for `before`: the
 * same transaction must check that the availability still has the revision and status of `before`.
 * @param before,after undefined if there is no availability
 */
export function changeOpenings(
  database: Database,
  before: OfferedAvailability | undefined,
  after: OfferedAvailability | undefined,
): Record<string, TransactItem> {
  const TableName = database.names.Openings;
  const former = new Map((before ? openingsOf(before) : []).map((opening) => [labelOf(opening), opening]));
  const items: Record<string, TransactItem> = {};
  for (const Item of after ? openingsOf(after) : []) {
    const label = labelOf(Item);
    if (!isDeepStrictEqual(former.get(label), Item)) items[label] = { Put: { TableName, Item } };
    former.delete(label);
  }
  for (const [label, { cohort, opening }] of former) {
    items[label] = { Delete: { TableName, Key: { cohort, opening } } };
  }
  return items;
}

function labelOf({ cohort, opening }: Opening): string {
  return `opening of ${opening} for ${cohort}`;
}

/** Which openings are asked for. */
export interface OpeningQuery {
  cohort: string;
  /** The openings must overlap `[from, to)`. */
  from: string;
  to: string;
  /** A start must be possible at this instant or later. */
  bookableAt: string;
  /** The owner whose openings are left out. */
  except: string;
  /** Openings that offer any of these types; all if left out. */
  types?: readonly string[] | undefined;
  /** Openings whose owner is of one of these cohorts; all if left out. */
  ownerCohorts?: readonly string[] | undefined;
}

export interface OpeningPage {
  /** In order of start and id. */
  openings: Opening[];
  /** How many were read from `from` on, including those that do not match. */
  read: number;
  /** If there may be more: the key to continue after. */
  next?: string;
}

/**
 * Reads the openings after a key, with strong consistency.
 * @param atMost how many to read from `from` on
 */
export async function readOpenings(
  database: Database,
  query: OpeningQuery,
  after: string | undefined,
  atMost: number,
): Promise<OpeningPage> {
  // `$` sorts before every character of an id, so this is the first possible key after `after`.
  const first = after === undefined ? shift(query.from, -longestAvailability) : `${after}$`;
  const isBeforeSpan = first < query.from;
  // What began before the span may still run, but most of it is over. That range is read whole, at the same time as
  // what is ahead.
  const [begun, ahead] = await Promise.all([
    isBeforeSpan ? readRange(database, query, { first, last: query.from }) : undefined,
    readRange(database, query, { first: isBeforeSpan ? query.from : first, last: query.to }, atMost),
  ]);
  return { ...ahead, openings: [...(begun?.openings ?? []), ...ahead.openings] };
}

/** Reads the matching openings in a range of keys: the whole range without `atMost`. */
async function readRange(
  database: Database,
  query: OpeningQuery,
  keys: { first: string; last: string },
  atMost?: number,
): Promise<OpeningPage> {
  const { types = [], ownerCohorts = [] } = query;
  const offersType = types.map((_, index) => `contains(#types, :type${index})`).join(" OR ");
  const isOfCohort = ownerCohorts.map((_, index) => `:ownerCohort${index}`).join(", ");
  const input: QueryCommandInput = {
    TableName: database.names.Openings,
    ConsistentRead: true,
    KeyConditionExpression: "cohort = :cohort AND opening BETWEEN :first AND :last",
    FilterExpression: [
      "endTime > :from AND lastStart >= :bookableAt AND #owner <> :except",
      ...(offersType ? [`(${offersType})`] : []),
      ...(isOfCohort ? [`ownerCohort IN (${isOfCohort})`] : []),
    ].join(" AND "),
    ExpressionAttributeNames: { "#owner": "owner", ...(offersType ? { "#types": "types" } : {}) },
    ExpressionAttributeValues: {
      ":cohort": query.cohort,
      // A key is longer than the start that it begins with, so the range ends before everything that starts at `last`.
      ":first": keys.first,
      ":last": keys.last,
      ":from": query.from,
      ":bookableAt": query.bookableAt,
      ":except": query.except,
      ...Object.fromEntries(types.map((type, index) => [`:type${index}`, type])),
      ...Object.fromEntries(ownerCohorts.map((cohort, index) => [`:ownerCohort${index}`, cohort])),
    },
  };
  if (atMost !== undefined) input.Limit = atMost;
  const openings: Opening[] = [];
  let read = 0;
  do {
    const {
      Items = [],
      ScannedCount = 0,
      LastEvaluatedKey,
    } = await database.client.send(new QueryCommand(input));
    openings.push(...(Items as Opening[]));
    read += ScannedCount;
    input.ExclusiveStartKey = LastEvaluatedKey;
  } while (input.ExclusiveStartKey && atMost === undefined);
  const next = input.ExclusiveStartKey?.["opening"];
  return { openings, read, ...(next !== undefined && { next }) };
}
