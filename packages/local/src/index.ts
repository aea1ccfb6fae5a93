export type { TableNames } from "@kumite/core/database/tables";
export { linkEnvironment } from "@kumite/core/links";
export { signIn } from "./demo/sign-in.ts";
export { createTables, type Dynamo, type DynamoOptions, startDynamo } from "./dynamo.ts";
export { type Outputs, tableNames } from "./outputs.ts";
export { type Stack, type StackOptions, startStack } from "./stack/index.ts";
