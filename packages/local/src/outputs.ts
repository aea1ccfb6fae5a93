import { mapTables, type TableName, type TableNames } from "@kumite/core/database/tables";

/** What a client needs to know: the content of `.local/outputs.json`. */
export interface Outputs {
  readonly web: string;
  readonly api: string;
  readonly region: string;
  readonly userPoolId: string;
  readonly userPoolClientId: string;
  readonly cognitoEndpoint: string;
  readonly dynamoEndpoint: string;
  /** Host and port of Cognito's hosted domain, if sign-in by Google is offered. */
  readonly hostedDomain?: string;
  readonly mailbox: string;
  /**
   * Each table's name in DynamoDB, by its name in `packages/core/src/database/tables.ts` with a lower-case first
   * letter.
   */
  readonly tables: Readonly<Record<Uncapitalize<TableName>, string>>;
  /** Members to sign in as; none if no demo data was loaded. */
  readonly demo: { readonly password: string; readonly emails: readonly string[] };
  /** A demo member who is an admin, with the same password; missing if no demo data was loaded. */
  readonly admin?: { readonly email: string };
}

/** Returns the tables' names in DynamoDB, by the names that clients know. */
export function tableOutputs(names: TableNames): Outputs["tables"] {
  const outputs = Object.entries(names).map(([table, name]) => [outputName(table as TableName), name]);
  return Object.fromEntries(outputs) as Outputs["tables"];
}

/** Returns the tables' names in DynamoDB, by the names in our own code. */
export function tableNames(outputs: Pick<Outputs, "tables">): TableNames {
  return mapTables((table) => outputs.tables[outputName(table)]);
}

function outputName<Table extends TableName>(table: Table): Uncapitalize<Table> {
  return `${table.charAt(0).toLowerCase()}${table.slice(1)}` as Uncapitalize<Table>;
}
