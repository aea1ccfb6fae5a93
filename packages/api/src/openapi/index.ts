/** The API as OpenAPI 3.1, for programs in other languages and for people. */
export { createDocument } from "./document.ts";
export type * from "./types.ts";
