import type { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { createProxyServer } from "httpxy";
import { listen } from "./http.ts";
import { apiPrefix } from "./lambda/route.ts";

/** Where requests go; undefined while that part is starting. */
export interface Upstreams {
  readonly api: () => string | undefined;
  readonly web: () => string | undefined;
}

export interface Router {
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * Starts the front door, which does locally what CloudFront does on AWS: the API's paths go to the functions, all
 * others to the web app. What cannot be reached answers 503, and is safe to ask again.
 *
 * @param options.port the port to prefer; the next free one is taken instead. Without it, any free one.
 */
export async function startRouter(
  upstreams: Upstreams,
  options: { port?: number | undefined } = {},
): Promise<Router> {
  // A connection for each request: one that is kept may be closed by its other end just as it is used again.
  const proxy = createProxyServer({ agent: false });
  // The browser's own connection stays open.
  proxy.on("proxyRes", (answer) => {
    delete answer.headers.connection;
  });
  proxy.on("error", (_error, _request, response) => {
    if (response instanceof Socket) response.destroy();
    else if (response) sendUnavailable(response);
  });

  const targetOf = (request: IncomingMessage): string | undefined => {
    const path = request.url?.split("?")[0] ?? "/";
    const isApi = path === apiPrefix || path.startsWith(`${apiPrefix}/`);
    return isApi ? upstreams.api() : upstreams.web();
  };

  const listener = await listen(
    (request, response) => {
      const target = targetOf(request);
      if (target === undefined) return sendUnavailable(response);
      setForwardedHeaders(request);
      void proxy.web(request, response, { target });
    },
    { port: options.port, localhost: true },
  );
  for (const server of listener.servers) {
    server.on("clientError", refuseMalformed);
    server.on("upgrade", (request: IncomingMessage, socket: Socket, head: Buffer) => {
      const target = targetOf(request);
      socket.on("error", () => socket.destroy());
      if (target === undefined) {
        socket.destroy();
        return;
      }
      setForwardedHeaders(request);
      void proxy.ws(request, socket, { target }, head).catch(() => socket.destroy());
    });
  }
  return { port: listener.port, stop: listener.stop };
}

/** What the client may have claimed is replaced by what is so. */
function setForwardedHeaders(request: IncomingMessage): void {
  request.headers["x-forwarded-host"] = request.headers.host;
  request.headers["x-forwarded-proto"] = "http";
  request.headers["x-forwarded-for"] = request.socket.remoteAddress;
  request.headers["x-viewer-address"] = request.socket.remoteAddress;
}

/** What is no HTTP, or has more in its address and headers than any server takes, does not get further than here. */
function refuseMalformed(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === "ECONNRESET") {
    socket.destroy();
    return;
  }
  const tooLong = error.code === "HPE_HEADER_OVERFLOW";
  const status = tooLong ? "431 Request Header Fields Too Large" : "400 Bad Request";
  const message = tooLong ? "The address and headers are too long." : "This is no HTTP request.";
  // In tRPC's shape, for clients that speak it alone.
  const data = { code: "BAD_REQUEST", httpStatus: tooLong ? 431 : 400 };
  const body = JSON.stringify({ error: { message, code: -32600, data } });
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
  );
}

function sendUnavailable(response: ServerResponse): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(503, { "content-type": "application/json", "retry-after": "1" });
  response.end(JSON.stringify({ message: "Service Unavailable" }));
}
