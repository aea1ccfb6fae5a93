/**
 * Keeps Node's fetch off the path of requests by plain http. The AWS SDK imports `node:http` for them, an import reads
 * every export of a module of Node's, and these three load the whole of fetch when they are read
 * (docs/benchmarks.md). Nothing here asks for them. By https, as on AWS, none of this is loaded in any case.
 */
const http = process.getBuiltinModule("node:http");
for (const name of ["WebSocket", "CloseEvent", "MessageEvent"]) {
  Object.defineProperty(http, name, { value: undefined });
}

export {};
