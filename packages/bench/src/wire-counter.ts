// Loaded into the API's process with the function: counts outgoing requests to DynamoDB by operation, and reports them
// to the parent on request.
import { subscribe } from "node:diagnostics_channel";
import type { ClientRequest } from "node:http";

const counts: Record<string, number> = {};

subscribe("http.client.request.start", (message) => {
  const { request } = message as { request: ClientRequest };
  const operation = String(request.getHeader("x-amz-target") ?? "other").replace(/^.*\./, "");
  counts[operation] = (counts[operation] ?? 0) + 1;
});

process.on("message", (message) => {
  if (message === "requests") process.send?.({ requests: counts });
});
