// The bare SDK in a separate process. It sends the requests of bookings that its parent has drafted, on a message from
// the parent or over HTTP.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { BatchGetCommand, DynamoDBDocumentClient, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import type { Request } from "./drafts.ts";
import { inParallel } from "./measure.ts";

/** A message from the parent. */
export type Order = { bookings: Request[][] } | { clients: number };

const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));
let bookings: Request[][] = [];

async function book(index: number): Promise<void> {
  for (const { operation, input } of bookings[index] ?? []) {
    if (operation === "BatchGet") await client.send(new BatchGetCommand(input));
    else await client.send(new TransactWriteCommand(input));
  }
}

process.on("message", async (order: Order) => {
  if ("clients" in order) {
    process.send?.(await inParallel(order.clients, bookings.length, book));
  } else {
    bookings = order.bookings;
    process.send?.("ready");
  }
});

const server = createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += chunk;
  await book(Number(body));
  response.writeHead(200, { "content-type": "application/json" }).end("{}");
});
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
