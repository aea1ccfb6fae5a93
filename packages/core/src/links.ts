import type { Resource } from "sst/resource";
import { mapTables, type TableName, type TableNames } from "./database/tables.ts";

/** The links of the functions: all links that `sst-env.d.ts` declares. */
export type Links = Resource;

/**
 * Returns the environment variables in which SST's `Resource` finds these links, for processes that SST does not start.
 */
export function linkEnvironment(links: Partial<Links>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(links).map(([name, link]) => [`SST_RESOURCE_${name}`, JSON.stringify(link)]),
  );
}

/** The links to the tables of one database. */
export function tableLinks(names: TableNames): Pick<Links, TableName> {
  return mapTables((table) => ({ name: names[table] }));
}
