export { createTables, type Dynamo, startDynamo, type TableNames } from "./dynamo.ts";
