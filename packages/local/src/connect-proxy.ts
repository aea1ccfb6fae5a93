import type { IncomingMessage } from "node:http";
import { connect, type Socket } from "node:net";
import { listen } from "./http.ts";

export interface ConnectProxy {
  /** E.g. `http://127.0.0.1:40125`. */
  readonly url: string;
  /** Frees the port and cuts every tunnel. */
  stop(): Promise<void>;
}

/**
 * Starts an HTTP proxy on loopback that opens tunnels (CONNECT) to the servers in `routes` only. Any other host, and
 * any request that is not CONNECT, gets 403.
 *
 * @param routes the port on loopback for each host and port that clients ask for, such as `example.com:443`
 */
export async function startConnectProxy(routes: ReadonlyMap<string, number>): Promise<ConnectProxy> {
  const tunnels = new Set<Socket>();
  const open = ({ url = "" }: IncomingMessage, client: Socket, head: Buffer) => {
    tunnels.add(client);
    client.on("error", () => client.destroy());
    client.on("close", () => tunnels.delete(client));
    const port = routes.get(url.toLowerCase());
    if (port === undefined) {
      client.end("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
      return;
    }
    const server = connect(port, "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      server.write(head);
      client.pipe(server).pipe(client);
    });
    server.on("error", () => client.destroy());
    client.on("close", () => server.destroy());
  };

  const listener = await listen((_, response) => response.writeHead(403).end());
  for (const server of listener.servers) server.on("connect", open);
  return {
    url: `http://127.0.0.1:${listener.port}`,
    async stop() {
      for (const tunnel of tunnels) tunnel.destroy();
      await listener.stop();
    },
  };
}
