export { loopbackCertificate } from "./certificate.ts";
export { signIn } from "./demo/sign-in.ts";
export { createTables, type Dynamo, type DynamoOptions, startDynamo, type TableNames } from "./dynamo.ts";
export { linkEnvironment } from "./links.ts";
export { type Outputs, tableNames } from "./outputs.ts";
export { type Stack, type StackOptions, startStack } from "./stack.ts";
