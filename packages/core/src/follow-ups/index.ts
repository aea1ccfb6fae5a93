export { readChange, type StreamRecord } from "./change.ts";
export { type Failure, followUp } from "./follow-up.ts";
