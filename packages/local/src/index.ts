export { linkEnvironment } from "@kumite/core/links";
export { loopbackCertificate } from "./certificate.ts";
export { createTables, type Dynamo, type DynamoOptions, startDynamo } from "./dynamo.ts";
export { type Outputs, tableNames } from "./outputs.ts";
export { findPort } from "./ports.ts";
export { startProcess, untilItAnswers, whileAlive } from "./processes.ts";
export { type Account, addToGroup, signIn, signUp } from "./sign-in.ts";
export { type Stack, type StackOptions, startStack } from "./stack/index.ts";
