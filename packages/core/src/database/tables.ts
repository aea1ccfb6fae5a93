/** The keys of a secondary index. Every index projects all attributes. */
export interface IndexDefinition {
  readonly hashKey: string;
  readonly rangeKey: string;
}

/** One DynamoDB table. Every key is a string. */
export interface TableDefinition {
  /** The key attributes of the table. */
  readonly keys: { readonly hashKey: string; readonly rangeKey?: string };
  readonly indexes: Readonly<Record<string, IndexDefinition>>;
  /** The attribute that holds the expiry, in seconds since the epoch (UTC). */
  readonly timeToLive?: string;
  /** Whether the table's stream carries old and new images. */
  readonly stream: boolean;
}

/**
 * The tables, defined once: the deployed infrastructure, the embedded stack and the tests all read this.
 * The keys are the names of the SST links (`Resource.Users.name`, …).
 */
export const tables = {
  Users: { keys: { hashKey: "username" }, indexes: {}, timeToLive: "expiresAt", stream: true },
  Availabilities: {
    keys: { hashKey: "owner", rangeKey: "id" },
    indexes: { byStatus: { hashKey: "status", rangeKey: "startTime" } },
    timeToLive: "expiresAt",
    stream: true,
  },
  Openings: {
    keys: { hashKey: "cohort", rangeKey: "opening" },
    indexes: {},
    timeToLive: "expiresAt",
    stream: false,
  },
  Meetings: {
    keys: { hashKey: "id" },
    indexes: {
      byOwner: { hashKey: "owner", rangeKey: "id" },
      byParticipant: { hashKey: "participant", rangeKey: "id" },
    },
    stream: true,
  },
  Calendar: {
    keys: { hashKey: "username", rangeKey: "entry" },
    indexes: {},
    timeToLive: "expiresAt",
    stream: false,
  },
  Community: { keys: { hashKey: "id" }, indexes: {}, stream: false },
  Counters: { keys: { hashKey: "subject" }, indexes: {}, timeToLive: "expiresAt", stream: false },
  Migrations: { keys: { hashKey: "id" }, indexes: {}, stream: false },
} as const satisfies Record<string, TableDefinition>;

export type TableName = keyof typeof tables;

/** The real name of each table in one database. */
export type TableNames = Readonly<Record<TableName, string>>;

/** Makes a value for each table. */
export function mapTables<Value>(
  toValue: (table: TableName, definition: TableDefinition) => Value,
): Record<TableName, Value> {
  const values = Object.entries(tables).map(([table, definition]) => [
    table,
    toValue(table as TableName, definition),
  ]);
  return Object.fromEntries(values) as Record<TableName, Value>;
}
