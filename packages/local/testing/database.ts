import type { TestProject } from "vitest/node";
import { createTables, startDynamo } from "../src/index.ts";

/** One DynamoDB Local for all tests of a run. Each test uses its own keys. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dynamo = await startDynamo();
  project.provide("dynamoEndpoint", dynamo.endpoint);
  project.provide("tableNames", await createTables(dynamo.endpoint));
  project.provide(
    "quietTableNames",
    await createTables(dynamo.endpoint, "kumite-quiet-", { streams: false }),
  );
  return dynamo.stop;
}
