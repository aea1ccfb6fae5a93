export { createTables, type Dynamo, type DynamoOptions, startDynamo, type TableNames } from "./dynamo.ts";
export { type Outputs, type Stack, type StackOptions, startStack } from "./stack.ts";
