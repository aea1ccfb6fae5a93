import { once } from "node:events";
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { buffer } from "node:stream/consumers";
import { Random } from "../random.ts";
import { type Answer, type Exchange, type Fault, type FaultName, faultNames, faults } from "./kinds.ts";

/** What stands between the functions and DynamoDB. */
export interface FaultProxy {
  /** Where to send what is meant for DynamoDB. */
  readonly url: string;
  /** Says where DynamoDB is; before that, nothing is answered. */
  forwardTo(endpoint: string): void;
  /** Which share of the requests fails from now on, in percent, and in which ways; none at first. */
  fail(percent: number, names?: readonly FaultName[]): void;
  /** Requests so far. */
  requests(): number;
  /** How often each fault was injected so far. */
  counts(): Readonly<Record<FaultName, number>>;
  /** Frees the port at once: open connections are cut. */
  stop(): Promise<void>;
}

/**
 * Starts a proxy on loopback that lets requests fail, of which each kind is as likely as any other that fits.
 * @param seed the n-th request's fate follows from it
 */
export async function startFaultProxy(seed: number): Promise<FaultProxy> {
  const random = new Random(seed);
  const agent = new Agent({ keepAlive: true });
  const counts = Object.fromEntries(faultNames.map((name) => [name, 0])) as Record<FaultName, number>;
  let endpoint = "";
  let percent = 0;
  let allowed = faultNames;
  let requests = 0;

  const serve = async (incoming: IncomingMessage, response: ServerResponse) => {
    const body = await buffer(incoming);
    const operation = String(incoming.headers["x-amz-target"]).replace(/^.*\./, "");
    const exchange = exchangeOf(incoming, response, operation, body, () => ({ endpoint, agent }));
    requests += 1;
    if (!random.chance(percent)) return exchange.answer(await exchange.forward());
    const name = random.pick(allowed.filter((name) => fits(faults[name], operation)));
    if (name === undefined) return exchange.answer(await exchange.forward());
    counts[name] += 1;
    const fault: Fault = faults[name];
    await fault.inject(exchange, new Random(random.between(0, 0x7fff_ffff)));
  };

  const server = createServer((incoming, response) => {
    // A client that has gone away, or a database that has: the connection breaks, as it would without a proxy.
    serve(incoming, response).catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    forwardTo(address) {
      endpoint = address;
    },
    fail(share, names = faultNames) {
      percent = share;
      allowed = names;
    },
    requests: () => requests,
    counts: () => counts,
    async stop() {
      server.close();
      server.closeAllConnections();
      agent.destroy();
      await once(server, "close");
    },
  };
}

function fits({ operations }: Fault, operation: string): boolean {
  return operations?.includes(operation) ?? true;
}

function exchangeOf(
  incoming: IncomingMessage,
  response: ServerResponse,
  operation: string,
  body: Buffer,
  target: () => { endpoint: string; agent: Agent },
): Exchange {
  const write = ({ status, headers, body }: Answer) =>
    response.writeHead(status, { ...headers, "content-length": body.length });
  const socket: Socket = incoming.socket;
  return {
    operation,
    input: body.toString(),
    isGone: () => socket.destroyed,
    async forward() {
      const { endpoint, agent } = target();
      const { method, headers } = incoming;
      const forwarded = request(endpoint, { method, headers, agent, path: incoming.url });
      forwarded.end(body);
      const [answer] = (await once(forwarded, "response")) as [IncomingMessage];
      return {
        status: answer.statusCode ?? 502,
        headers: withoutConnection(answer.headers),
        body: await buffer(answer),
      };
    },
    answer: (answer) => void write(answer).end(answer.body),
    cutOff(answer) {
      write(answer).write(answer.body.subarray(0, answer.body.length / 2), () => socket.resetAndDestroy());
    },
    reset: () => void socket.resetAndDestroy(),
  };
}

/** What concerns one connection alone is not handed on. */
function withoutConnection({
  connection,
  "transfer-encoding": encoding,
  ...headers
}: IncomingMessage["headers"]) {
  return headers;
}
