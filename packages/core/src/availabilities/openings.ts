import { isDeepStrictEqual } from "node:util";
import { QueryCommand, type QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import type { Database } from "../database/database.ts";
import type { TransactItem } from "../database/transact.ts";
import { longestAvailability, shift } from "../instant.ts";
import type { AvailabilityStatus } from "./schema.ts";

/**
 * The Openings table, which search reads: an availability stands in it once for each cohort that it is open to, as long as it is
 * `SCHEDULED`, that is, as long as it has a free seat. It is kept so by the very transactions that change the availability.
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
  /** Seconds since the epoch: once no start lies ahead, DynamoDB may remove it. */
  expiresAt: number;
}

declare module "../database/records.ts" {
  interface TableRecords {
    Openings: Opening;
  }
}

/** What the openings of an availability are made of. */
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

/** The openings that an availability has: one for each cohort, or none where nobody may book it. */
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
 * What turns the openings of an availability as it was into those that it has from now on. It rests on what was seen: the
 * transaction must hold the availability to the revision and the status of `before`.
 * @param before,after undefined where there is no availability
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
  /** They overlap `[from, to)`. */
  from: string;
  to: string;
  /** A start must be possible at this instant or later. */
  bookableAt: string;
  /** Whose openings are left out. */
  except: string;
  /** Those that offer any of these; all where left out. */
  types?: readonly string[] | undefined;
  /** Those whose owner is of one of these; all where left out. */
  ownerCohorts?: readonly string[] | undefined;
}

export interface OpeningPage {
  /** In order of start and id. */
  openings: Opening[];
  /** How many were read from `from` on; those that do not match are not among `openings`. */
  read: number;
  /** Where there may be more: the key after which to go on. */
  next?: string;
}

/**
 * The openings that follow a key, with strong consistency.
 * @param atMost how many to read from `from` on
 */
export async function readOpenings(
  database: Database,
  query: OpeningQuery,
  after: string | undefined,
  atMost: number,
): Promise<OpeningPage> {
  // `$` follows `#` and whatever is in an id: the first key after this one.
  const first = after === undefined ? shift(query.from, -longestAvailability) : `${after}$`;
  const isBeforeSpan = first < query.from;
  // What began before the span may still run, but most of it is over. It is read whole, beside what lies ahead.
  const [begun, ahead] = await Promise.all([
    isBeforeSpan ? readRange(database, query, { first, last: query.from }) : undefined,
    readRange(database, query, { first: isBeforeSpan ? query.from : first, last: query.to }, atMost),
  ]);
  return { ...ahead, openings: [...(begun?.openings ?? []), ...ahead.openings] };
}

/** What matches in a range of keys; without `atMost` in the whole of it. */
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
      // A key is longer than the start with which it begins, so that the range ends before whatever starts at `last`.
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
