import type { Context } from "../context/context.ts";
import type { Database } from "../database/database.ts";
import { type TableDefinition, type TableName, tables } from "../database/tables.ts";
import type { TransactItem } from "../database/transact.ts";

/** An item as some version of the code stored it. */
export type Item = Readonly<Record<string, unknown>>;

/** What one transaction writes, by label. */
export type Writes = Record<string, TransactItem>;

/** Brings the items of a table into a new shape, one by one, while the system is running. */
export interface Migration {
  /** The name under which the database records that it is done. Never change it. */
  readonly id: string;
  /** The table with the items to migrate. */
  readonly table: TableName;
  /**
   * Returns the writes that bring an item into its new shape; undefined if the item has that shape. Their conditions
   * fail if anything that they depend on has changed since it was read; then the item is read and migrated again.
   */
  readonly writes: (ctx: Context, item: Item) => Promise<Writes | undefined>;
}

/**
 * Makes a migration that only sets attributes of items.
 * @param change returns the attributes of an item that get another value; none if the item has the new shape
 */
export function inPlace(id: string, table: TableName, change: (item: Item) => Item): Migration {
  return {
    id,
    table,
    async writes({ database }, item) {
      const changes = change(item);
      if (Object.keys(changes).length === 0) return undefined;
      return { item: setAttributes(database, table, item, changes) };
    },
  };
}

/** Returns the given attributes that an item does not have. */
export function missing(item: Item, attributes: Item): Item {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => item[name] === undefined));
}

/** Sets attributes of an item, on condition that it exists and that these attributes are still as `seen`. */
export function setAttributes(database: Database, table: TableName, seen: Item, changes: Item): TransactItem {
  const key = keyOf(table, seen);
  const names: Record<string, string> = { "#key": tables[table].keys.hashKey };
  const values: Record<string, unknown> = {};
  const conditions = ["attribute_exists(#key)"];
  const sets = Object.entries(changes).map(([name, value], index) => {
    names[`#${index}`] = name;
    values[`:new${index}`] = value;
    if (seen[name] === undefined) conditions.push(`attribute_not_exists(#${index})`);
    else {
      values[`:seen${index}`] = seen[name];
      conditions.push(`#${index} = :seen${index}`);
    }
    return `#${index} = :new${index}`;
  });
  return {
    Update: {
      TableName: database.names[table],
      Key: key,
      UpdateExpression: `SET ${sets.join(", ")}`,
      ConditionExpression: conditions.join(" AND "),
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: values,
    },
  };
}

export function keyOf(table: TableName, item: Item): Record<string, string> {
  const { hashKey, rangeKey }: TableDefinition["keys"] = tables[table].keys;
  const names = rangeKey === undefined ? [hashKey] : [hashKey, rangeKey];
  return Object.fromEntries(names.map((name) => [name, String(item[name])]));
}
