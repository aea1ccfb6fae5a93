import {
  BatchGetCommand,
  type BatchGetCommandInput,
  GetCommand,
  type GetCommandInput,
  PutCommand,
  type PutCommandInput,
  QueryCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from "@aws-sdk/lib-dynamodb";
import type { MemberContext } from "@kumite/core/context";
import { memberActor } from "@kumite/core/context";
import type { Database, DocumentClient } from "@kumite/core/database";
import { type TableDefinition, type TableName, tables } from "@kumite/core/database/tables";
import { createUser } from "@kumite/core/users/create-user";
import { benchCommunity } from "./community.ts";
import type { Stored } from "./engine.ts";

type Item = Record<string, unknown>;

/** A request of the document client, as plain data. */
export type Request =
  | { operation: "BatchGet"; input: BatchGetCommandInput }
  | { operation: "TransactWrite"; input: TransactWriteCommandInput };

/**
 * A database in memory in which core's verbs draft items and requests, so that a benchmark loads and sends the same as
 * the product. It stores puts; it records updates without applying them.
 */
export interface Drafts {
  readonly database: Database;
  /** Returns every item that was put since the last call. */
  takeItems(): Stored[];
  /** Returns every request since the last call, except single reads and writes. */
  takeRequests(): Request[];
}

export function createDrafts(names: Readonly<Record<TableName, string>>): Drafts {
  const tableOf = new Map(Object.entries(names).map(([table, name]) => [name, table as TableName]));
  const items = new Map<string, Item>();
  let fresh: Stored[] = [];
  let requests: Request[] = [];

  const keyOf = (name: string, item: Item) => {
    const { hashKey, rangeKey }: TableDefinition["keys"] = tables[known(tableOf.get(name))].keys;
    return JSON.stringify([name, item[hashKey], rangeKey && item[rangeKey]]);
  };
  items.set(keyOf(names[benchCommunity.table], benchCommunity.item), benchCommunity.item);
  const read = (name: string, key: Item) => items.get(keyOf(name, key));
  const put = ({ TableName = "", Item = {} }: Pick<PutCommandInput, "TableName" | "Item">) => {
    items.set(keyOf(TableName, Item), Item);
    fresh.push({ table: known(tableOf.get(TableName)), item: Item });
  };

  const send = async (command: object): Promise<object> => {
    if (command instanceof GetCommand) {
      const { TableName = "", Key = {} }: GetCommandInput = command.input;
      return { Item: read(TableName, Key) };
    }
    if (command instanceof BatchGetCommand) {
      requests.push({ operation: "BatchGet", input: command.input });
      const answers = Object.entries(command.input.RequestItems ?? {}).map(([name, { Keys = [] }]) => [
        name,
        Keys.map((key) => read(name, key)).filter((item) => item !== undefined),
      ]);
      return { Responses: Object.fromEntries(answers) };
    }
    if (command instanceof PutCommand) {
      put(command.input);
      return {};
    }
    if (command instanceof TransactWriteCommand) {
      requests.push({ operation: "TransactWrite", input: command.input });
      for (const { Put } of command.input.TransactItems ?? []) if (Put) put(Put);
      return {};
    }
    // The count of availabilities before a posting: a drafted member has few.
    if (command instanceof QueryCommand) return { Items: [], Count: 0, ScannedCount: 0 };
    throw new Error(`No draft of ${command.constructor.name}`);
  };

  return {
    database: { names, client: { send: send as DocumentClient["send"] } },
    takeItems() {
      const taken = fresh;
      fresh = [];
      return taken;
    },
    takeRequests() {
      const taken = requests;
      requests = [];
      return taken;
    },
  };
}

function known<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error("Unknown table");
  return value;
}

/** Drafts a member of a cohort, and returns the context of their calls. */
export async function draftMember(
  { database }: Drafts,
  username: string,
  now: Date,
  cohort = "White",
): Promise<MemberContext> {
  const ctx: MemberContext = { actor: memberActor(username), now, database, cursorKey: "bench" };
  const withCohort: Database = {
    names: database.names,
    client: {
      send: (async (command: PutCommand) => {
        Object.assign(command.input.Item ?? {}, { cohort });
        return database.client.send(command);
      }) as DocumentClient["send"],
    },
  };
  await createUser(
    { ...ctx, database: withCohort },
    { username, email: `${username}@example.com`, name: "A member" },
  );
  return ctx;
}
