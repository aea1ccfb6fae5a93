import { once } from "node:events";
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** DynamoDB's answer as it came. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** A request on its way to DynamoDB, and what can be done with it. */
export interface Exchange {
  /** E.g. `TransactWriteItems`. */
  readonly operation: string;
  /** The request's body, as JSON. */
  readonly input: string;
  /** Returns whether the client has given up. */
  isGone(): boolean;
  /** Sends the request to DynamoDB, or `input` instead of it. */
  forward(input?: string): Promise<Answer>;
  answer(answer: Answer): void;
  /** Sends the beginning of an answer and breaks the connection. */
  cutOff(answer: Answer): void;
  reset(): void;
}

/** A proxy between the functions and DynamoDB. */
export interface DatabaseProxy {
  /** The address to use instead of DynamoDB's. */
  readonly url: string;
  /** Sets DynamoDB's address. Before that, no request is answered. */
  forwardTo(endpoint: string): void;
  /** Frees the port at once: open connections are cut. */
  stop(): Promise<void>;
}

/**
 * Starts a proxy on loopback.
 * @param handle decides what happens to a request; if it rejects, the connection breaks, as without a proxy
 */
export async function startProxy(handle: (exchange: Exchange) => Promise<void>): Promise<DatabaseProxy> {
  const agent = new Agent({ keepAlive: true });
  let endpoint = "";

  const open = async (incoming: IncomingMessage, response: ServerResponse): Promise<Exchange> => {
    const { method, socket, url } = incoming;
    const input = await buffer(incoming);
    const write = ({ status, headers, body }: Answer) =>
      response.writeHead(status, { ...headers, "content-length": body.length });
    return {
      operation: String(incoming.headers["x-amz-target"]).replace(/^.*\./, ""),
      input: input.toString(),
      isGone: () => socket.destroyed,
      async forward(other) {
        const { "content-length": _, ...headers } = incoming.headers;
        const forwarded = request(endpoint, { method, headers, agent, path: url });
        forwarded.end(other ?? input);
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
  };

  const server = createServer((incoming, response) => {
    open(incoming, response)
      .then(handle)
      .catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    forwardTo(address) {
      endpoint = address;
    },
    async stop() {
      server.close();
      server.closeAllConnections();
      agent.destroy();
      await once(server, "close");
    },
  };
}

/** Removes the headers that concern a single connection. */
function withoutConnection({
  connection,
  "transfer-encoding": encoding,
  ...headers
}: IncomingMessage["headers"]) {
  return headers;
}
