import { createServer, type RequestListener, type Server } from "node:http";
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
 * @param options.tls listen by https, with this key and certificate in PEM.
 * @param options.localhost listen on ::1 too, so that a browser reaches `http://localhost:<port>` either way.
 */
export async function listen(
  handler: RequestListener,
  options: {
    port?: number | undefined;
    localhost?: boolean;
    tls?: { readonly key: string; readonly cert: string };
  } = {},
): Promise<Listener> {
  const hosts = options.localhost ? ["127.0.0.1", "::1"] : ["127.0.0.1"];
  for (let from = options.port; ; ) {
    const port = await findPort(from);
    const servers: Server[] = [];
    try {
      for (const host of hosts) {
        const server = options.tls ? createSecureServer(options.tls, handler) : createServer(handler);
        servers.push(server);
        // A client that was busy with something else finds its connection open still.
        server.keepAliveTimeout = 65_000;
        await bind(server, port, host);
      }
      return { port, servers, stop: () => close(servers) };
    } catch (error) {
      await close(servers);
      const { code } = error as NodeJS.ErrnoException;
      if (code !== "EADDRINUSE") throw error;
      // Somebody took the port between the look and the start.
      if (from !== undefined) from = port + 1;
    }
  }
}

/** Reads a request's body, or answers undefined when it is longer than `limit` bytes. */
export async function readBody(request: AsyncIterable<Buffer>, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    // Read on to the end, so that the client gets to read the answer.
    if (length <= limit) chunks.push(chunk);
    else chunks.length = 0;
  }
  return length > limit ? undefined : Buffer.concat(chunks);
}

function bind(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      // A machine without IPv6 does without it.
      if (host === "::1" && (error.code === "EADDRNOTAVAIL" || error.code === "EAFNOSUPPORT")) resolve();
      else reject(error);
    });
    server.listen(port, host, () => {
      // The port is ours now; errors of single connections end with them.
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
