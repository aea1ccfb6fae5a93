import { createServer } from "node:net";

const highestPort = 65_535;

/**
 * Finds a free port. Another process may take it before the caller binds it; `listen` and `startDynamo` then try
 * another.
 *
 * Not get-port: it does not return the same port again for half a minute, so a restarted stack would change its ports.
 *
 * @param from the port to prefer; the next free one above it is taken instead. Without it, any free one.
 */
export async function findPort(from?: number): Promise<number> {
  if (from === undefined) {
    const port = await probe(0, "127.0.0.1");
    if (port !== undefined) return port;
  } else {
    for (let port = from; port <= highestPort; port++) {
      // On some systems a port that is taken on all addresses looks free on a single one, and vice versa.
      if ((await probe(port)) !== undefined && (await probe(port, "127.0.0.1")) !== undefined) return port;
    }
  }
  throw new Error(`No port from ${from ?? 1} up is free.`);
}

function probe(port: number, host?: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" ? address?.port : undefined));
    });
  });
}
