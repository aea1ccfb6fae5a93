// Loaded into the API's process beside the function: counts the requests to DynamoDB as they leave, by operation, and
// tells its parent when asked.
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
