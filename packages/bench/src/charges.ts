import { isDeepStrictEqual } from "node:util";
import {
  BatchGetCommand,
  type BatchGetCommandInput,
  type BatchGetCommandOutput,
  GetCommand,
  QueryCommand,
  type TransactWriteCommandInput,
} from "@aws-sdk/lib-dynamodb";
import type { Database, DocumentClient } from "@kumite/core/database";
import {
  type IndexDefinition,
  type TableDefinition,
  type TableName,
  tables,
} from "@kumite/core/database/tables";

type Item = Record<string, unknown>;

/** Capacity units by table, or by index as `<table>.<index>`. */
export type Units = Record<string, number>;

/** What one call consumes in DynamoDB. */
export interface Charges {
  requests: number;
  reads: Units;
  writes: Units;
  indexes: Units;
  /** Bytes without expiry, indexes included. */
  kept: number;
  /** Its largest transaction: the number of items, and the bytes of the items after it. */
  transaction: { items: number; bytes: number };
}

interface Change {
  TableName?: string;
  Item?: Item;
  Key?: Item;
}

interface Consumed {
  TableName?: string;
  CapacityUnits?: number;
}

/**
 * Counts the capacity that calls consume. Reads are as DynamoDB Local reports them. For transactions it reports too
 * little (one item per table), so writes are computed from the items before and after, by DynamoDB's rules: two units
 * for each started KB of the larger one, and in each index one for each started KB that is put, changed or removed.
 */
export function charged(database: Database): { database: Database; take(): Charges } {
  const tableOf = new Map(Object.entries(database.names).map(([table, name]) => [name, table as TableName]));
  let charges = noCharges();

  const find = async (TableName: string, Key: Item): Promise<Item | undefined> => {
    const { Item } = await database.client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
    return Item;
  };
  /** Keys without an item cost a unit too, which DynamoDB Local does not report. */
  function addMissing(
    charges: Charges,
    input: BatchGetCommandInput,
    { Responses = {} }: BatchGetCommandOutput,
  ): void {
    for (const [name, { Keys = [] }] of Object.entries(input.RequestItems ?? {})) {
      add(charges.reads, tableOf.get(name) ?? name, Keys.length - (Responses[name] ?? []).length);
    }
  }
  const send = async (command: { input: object }): Promise<object> => {
    Object.assign(command.input, { ReturnConsumedCapacity: "TOTAL" });
    const isRead = [BatchGetCommand, GetCommand, QueryCommand].some((kind) => command instanceof kind);
    const { TransactItems } = command.input as TransactWriteCommandInput;
    const changes = isRead
      ? []
      : (TransactItems?.map((item) => Object.values(item)[0] as Change) ?? [command.input]);
    const written = changes.map(({ TableName = "", Item, Key }: Change) => {
      const table = tableOf.get(TableName);
      if (!table) throw new Error(`Unknown table ${TableName}`);
      return { TableName, table, Key: Key ?? keyOf(table, Item ?? {}) };
    });
    const before = await Promise.all(written.map(({ TableName, Key }) => find(TableName, Key)));
    const answer = await database.client.send(command as Parameters<DocumentClient["send"]>[0]);
    charges.requests += 1;
    const after = await Promise.all(written.map(({ TableName, Key }) => find(TableName, Key)));
    for (const [at, { table }] of written.entries()) {
      chargeWrite(charges, table, TransactItems ? 2 : 1, before[at], after[at]);
    }
    if (written.length > charges.transaction.items) {
      charges.transaction = {
        items: written.length,
        bytes: after.reduce((sum, item) => sum + sizeOf(item), 0),
      };
    }
    if (isRead) {
      const { ConsumedCapacity = [] } = answer as { ConsumedCapacity?: Consumed | Consumed[] };
      for (const { TableName = "", CapacityUnits = 0 } of [ConsumedCapacity].flat()) {
        add(charges.reads, tableOf.get(TableName) ?? TableName, CapacityUnits);
      }
      if (command instanceof BatchGetCommand)
        addMissing(charges, command.input, answer as BatchGetCommandOutput);
    }
    return answer as object;
  };
  return {
    database: { names: database.names, client: { send: send as DocumentClient["send"] } },
    take() {
      const taken = charges;
      charges = noCharges();
      return taken;
    },
  };
}

function noCharges(): Charges {
  return { requests: 0, reads: {}, writes: {}, indexes: {}, kept: 0, transaction: { items: 0, bytes: 0 } };
}

function add(units: Units, name: string, more: number): void {
  if (more > 0) units[name] = (units[name] ?? 0) + more;
}

function keyOf(table: TableName, item: Item): Item {
  const { hashKey, rangeKey }: TableDefinition["keys"] = tables[table].keys;
  return { [hashKey]: item[hashKey], ...(rangeKey !== undefined && { [rangeKey]: item[rangeKey] }) };
}

/** @param factor units for each started KB: two in a transaction */
function chargeWrite(
  charges: Charges,
  table: TableName,
  factor: number,
  before: Item | undefined,
  after: Item | undefined,
): void {
  const units = (item: Item | undefined) => Math.ceil(sizeOf(item) / 1_024);
  add(charges.writes, table, factor * Math.max(units(before), units(after), 1));
  const indexes = Object.entries<IndexDefinition>(tables[table].indexes);
  for (const [index, { hashKey, rangeKey }] of indexes) {
    if (isDeepStrictEqual(before, after)) continue;
    const staysPut =
      before && after && [hashKey, rangeKey].every((name) => isDeepStrictEqual(before[name], after[name]));
    const cost = staysPut ? Math.max(units(before), units(after)) : units(before) + units(after);
    add(charges.indexes, `${table}.${index}`, cost);
  }
  if (!("expiresAt" in (after ?? before ?? {}))) {
    charges.kept += (storedSize(after) - storedSize(before)) * (1 + indexes.length);
  }
}

/** The billed storage of an item: its size plus a hundred bytes. */
function storedSize(item: Item | undefined): number {
  return item ? sizeOf(item) + 100 : 0;
}

function sizeOf(item: Item | undefined): number {
  return item ? itemSize(item) : 0;
}

/**
 * The size of an item as DynamoDB counts it, in bytes: names and values, plus one or three bytes for each nested value.
 */
function itemSize(item: Item): number {
  return Object.entries(item).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + valueSize(value),
    0,
  );
}

function valueSize(value: unknown): number {
  if (typeof value === "string") return Buffer.byteLength(value);
  if (typeof value === "number") return Math.ceil(String(value).length / 2) + 1;
  if (Array.isArray(value)) return value.reduce((sum: number, each) => sum + 1 + valueSize(each), 3);
  if (typeof value === "object" && value !== null)
    return 3 + Object.keys(value).length + itemSize(value as Item);
  return 1;
}
