/** The API described for programs that do not speak TypeScript, and for people: OpenAPI 3.1. */
export { createDocument } from "./document.ts";
export type * from "./types.ts";
