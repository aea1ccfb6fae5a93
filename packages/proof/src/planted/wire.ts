import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** DynamoDB's JSON, as far as nobody looks closer. */
// biome-ignore lint/suspicious/noExplicitAny: whatever comes over the wire
export type Json = any;

/** Something that is done wrong between the API and its database. */
export interface PlantedFault {
  readonly name: string;
  /**
   * Alters a request in place.
   * @param operation e.g. `TransactWriteItems`
   * @returns whether it did; or what is answered in the database's place, without asking it
   */
  readonly onRequest?: (operation: string, input: Json) => boolean | { readonly answer: Json };
  /** Alters an answer in place, and says whether it did. */
  readonly onAnswer?: (operation: string, input: Json, output: Json) => boolean;
  /** How long an altered request is held back, so that what it no longer guards against has time to happen. */
  readonly delayMs?: number;
}

/** A way from the API to its database that can be made to do things wrong. */
export interface Wire {
  /** What the API is told the database's address is. */
  readonly url: string;
  /** Where the database is: known once it has started. */
  target: string;
  fault: PlantedFault | undefined;
  /** How often the fault has done something. */
  planted: number;
  stop(): Promise<void>;
}

export async function startWire(): Promise<Wire> {
  const agent = new Agent({ keepAlive: true });
  const server = createServer((incoming, outgoing) => {
    pass(wire, agent, incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const wire: Wire = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    target: "",
    fault: undefined,
    planted: 0,
    stop: async () => {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return wire;
}

async function pass(
  wire: Wire,
  agent: Agent,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const { fault } = wire;
  const operation = String(incoming.headers["x-amz-target"]).replace(/^.*\./, "");
  const input = JSON.parse(await readText(incoming));
  const altered = fault?.onRequest?.(operation, input) ?? false;
  if (altered !== false) wire.planted += 1;
  if (typeof altered === "object") return reply(outgoing, 200, JSON.stringify(altered.answer));
  if (altered && fault?.delayMs) await sleep(fault.delayMs);

  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const { "content-length": _, ...headers } = incoming.headers;
    request(wire.target, { method: "POST", headers, agent }, resolve)
      .once("error", reject)
      .end(JSON.stringify(input));
  });
  const text = await readText(answer);
  if (!fault?.onAnswer || answer.statusCode !== 200) return reply(outgoing, answer.statusCode ?? 500, text);
  const output = JSON.parse(text);
  if (fault.onAnswer(operation, input, output)) wire.planted += 1;
  reply(outgoing, 200, JSON.stringify(output));
}

async function readText(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function reply(outgoing: ServerResponse, status: number, body: string): void {
  outgoing.writeHead(status, { "content-type": "application/x-amz-json-1.0" }).end(body);
}
