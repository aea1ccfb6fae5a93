import type { TableName, tables } from "./tables.ts";

/**
 * The item type of each table. Each feature folder adds the record of its own table by declaration merging, because
 * imports from the database to features are not allowed. Calendar has no record: several kinds of entries share it, and
 * each feature knows its own by their keys.
 * @public
 */
// biome-ignore lint/suspicious/noEmptyInterface: the feature folders fill it
export interface TableRecords {}

type KeyNames<Table extends TableName> = Extract<
  (typeof tables)[Table]["keys"][keyof (typeof tables)[Table]["keys"]],
  string
>;

/** The key of an item. */
export type TableKey<Table extends TableName> = Readonly<Record<KeyNames<Table>, string>>;

/** An item as read. It has its key; if an older version stored it, it may lack any other field. */
export type TableItem<Table extends TableName> = Record<KeyNames<Table>, string> &
  (Table extends keyof TableRecords ? Partial<TableRecords[Table]> : Record<string, unknown>);
