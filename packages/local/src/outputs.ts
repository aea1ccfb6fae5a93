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
  /** Host and port of Cognito's hosted domain, where sign-in by Google is offered. */
  readonly hostedDomain?: string;
  readonly mailbox: string;
  /** What each table is called, by its name in `packages/core/src/database/tables.ts` with a small first letter. */
  readonly tables: Readonly<Record<Uncapitalize<TableName>, string>>;
  /** Members to sign in as; none where no demo data was loaded. */
  readonly demo: { readonly password: string; readonly emails: readonly string[] };
  /** A demo member who is an admin, with the password of the others; none where no demo data was loaded. */
  readonly admin?: { readonly email: string };
}

/** What each table is called, by the names that clients know. */
export function tableOutputs(names: TableNames): Outputs["tables"] {
  const outputs = Object.entries(names).map(([table, name]) => [outputName(table as TableName), name]);
  return Object.fromEntries(outputs) as Outputs["tables"];
}

/** What each table is called, by the names that our own code has for them. */
export function tableNames(outputs: Pick<Outputs, "tables">): TableNames {
  return mapTables((table) => outputs.tables[outputName(table)]);
}

function outputName<Table extends TableName>(table: Table): Uncapitalize<Table> {
  return `${table.charAt(0).toLowerCase()}${table.slice(1)}` as Uncapitalize<Table>;
}
