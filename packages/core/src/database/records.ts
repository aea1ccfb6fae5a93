import type { TableName, tables } from "./tables.ts";

/**
 * What the items of each table are. Each room adds the record of its own table by declaration merging, because rooms stand above
 * the database. Calendar has no record: several kinds of entries share it, and each room knows its own by their keys.
 * @public
 */
// biome-ignore lint/suspicious/noEmptyInterface: the rooms fill it
export interface TableRecords {}

type KeyNames<Table extends TableName> = Extract<
  (typeof tables)[Table]["keys"][keyof (typeof tables)[Table]["keys"]],
  string
>;

/** The key of an item. */
export type TableKey<Table extends TableName> = Readonly<Record<KeyNames<Table>, string>>;

/** An item as read: it has its key. An item that an older version stored may lack any other field. */
export type TableItem<Table extends TableName> = Record<KeyNames<Table>, string> &
  (Table extends keyof TableRecords ? Partial<TableRecords[Table]> : Record<string, unknown>);
