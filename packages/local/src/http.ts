import { randomUUID } from "node:crypto";
import {
  createServer,
  type RequestListener,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from "node:http";
import { createServer as createSecureServer } from "node:https";
import { findPort } from "./ports.ts";

export interface Listener {
  readonly port: number;
  readonly servers: readonly Server[];
  /** Frees the port at once: open connections are cut. */
  stop(): Promise<void>;
}

/**
 * Listens on loopback.
 *
 * @param options.port the port to prefer; the next free one is taken instead. Without it, any free one.
 * @param options.tls serve https with this key and certificate, in PEM.
 * @param options.server options for Node's server.
 * @param options.localhost listen on ::1 too, so that a browser reaches `http://localhost:<port>` either way.
 */
export async function listen(
  handler: RequestListener,
  options: {
    port?: number | undefined;
    localhost?: boolean;
    server?: ServerOptions;
    tls?: { readonly key: string; readonly cert: string };
  } = {},
): Promise<Listener> {
  const hosts = options.localhost ? ["127.0.0.1", "::1"] : ["127.0.0.1"];
  for (let from = options.port; ; ) {
    const port = await findPort(from);
    const servers: Server[] = [];
    try {
      for (const host of hosts) {
        const server = options.tls
          ? createSecureServer({ ...options.server, ...options.tls }, handler)
          : createServer(options.server ?? {}, handler);
        servers.push(server);
        // Keeps a connection open while its client is busy with something else.
        server.keepAliveTimeout = 65_000;
        await bind(server, port, host);
      }
      return { port, servers, stop: () => close(servers) };
    } catch (error) {
      await close(servers);
      const { code } = error as NodeJS.ErrnoException;
      if (code !== "EADDRINUSE") throw error;
      // Another process took the port after it was found free.
      if (from !== undefined) from = port + 1;
    }
  }
}

/** The errors that are answered without the API: HTTP status and JSON-RPC number by tRPC code. */
const errors = {
  BAD_REQUEST: { httpStatus: 400, number: -32600 },
  TIMEOUT: { httpStatus: 408, number: -32008 },
  PAYLOAD_TOO_LARGE: { httpStatus: 413, number: -32013 },
  INTERNAL_SERVER_ERROR: { httpStatus: 500, number: -32603 },
  SERVICE_UNAVAILABLE: { httpStatus: 503, number: -32603 },
} as const;
export type ErrorCode = keyof typeof errors;

/**
 * Returns an error in the API's shape, the only one that clients know.
 * @param httpStatus if it differs from tRPC's status for the code
 */
export function errorAnswer(
  code: ErrorCode,
  message: string,
  httpStatus: number = errors[code].httpStatus,
): { status: number; body: string } {
  const data = { code, httpStatus, requestId: randomUUID() };
  return {
    status: httpStatus,
    body: JSON.stringify({ error: { message, code: errors[code].number, data } }),
  };
}

/** Sends an error in the API's shape. Cuts the connection if an answer has already begun. */
export function sendError(
  response: ServerResponse,
  code: ErrorCode,
  message: string,
  options: { status?: number; headers?: Record<string, string> } = {},
): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { status, body } = errorAnswer(code, message, options.status);
  const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
  response.writeHead(status, { ...headers, ...options.headers }).end(body);
}

/** Reads a request's body; returns undefined if it is longer than `limit` bytes. */
export async function readBody(request: AsyncIterable<Buffer>, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    // Reads to the end, so that the client can read the answer.
    if (length <= limit) chunks.push(chunk);
    else chunks.length = 0;
  }
  return length > limit ? undefined : Buffer.concat(chunks);
}

function bind(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      // A machine without IPv6 has no ::1.
      if (host === "::1" && (error.code === "EADDRNOTAVAIL" || error.code === "EAFNOSUPPORT")) resolve();
      else reject(error);
    });
    server.listen(port, host, () => {
      // The server listens now. Errors of single connections are handled there.
      server.removeAllListeners("error");
      resolve();
    });
  });
}

async function close(servers: readonly Server[]): Promise<void> {
  const closed = servers
    .filter((server) => server.listening)
    .map((server) => {
      const done = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return done;
    });
  await Promise.all(closed);
}
