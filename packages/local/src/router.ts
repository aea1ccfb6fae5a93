import { type IncomingMessage, type ServerOptions, type ServerResponse, STATUS_CODES } from "node:http";
import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { apiPrefix } from "@kumite/api/routes";
import { createProxyServer } from "httpxy";
import { errorAnswer, listen, sendError } from "./http.ts";

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
 * Starts the front door, which does locally what CloudFront does on AWS: whatever is below `/api/` goes to the functions, all
 * else to the web app. What cannot be reached answers 503, and is safe to ask again.
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

  const targetOf = (request: IncomingMessage): string | undefined =>
    isApi(request) ? upstreams.api() : upstreams.web();

  const listener = await listen(
    (request, response) => {
      const target = targetOf(request);
      if (request.headers.host === undefined) return sendError(response, "BAD_REQUEST", "There is no Host.");
      if (isApi(request) && Number(request.headers["content-length"]) > largestBody) {
        request.resume();
        return sendError(response, "PAYLOAD_TOO_LARGE", "This is more than can be sent at once.");
      }
      if (target === undefined) return sendUnavailable(response);
      setForwardedHeaders(request);
      void proxy.web(request, response, { target });
    },
    { port: options.port, localhost: true, server: serverOptions },
  );
  for (const server of listener.servers) {
    server.on("clientError", refuseMalformed);
    server.on("checkExpectation", (_request: IncomingMessage, response: ServerResponse) =>
      sendError(response, "BAD_REQUEST", "Nothing but 100-continue can be expected.", { status: 417 }),
    );
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

/** What CloudFront's function lets through to the API (infra/router.ts), in bytes. */
const largestBody = 1024 * 1024;

function isApi({ url = "/" }: IncomingMessage): boolean {
  return url.startsWith(apiPrefix);
}

const serverOptions: ServerOptions = {
  // The API has no other protocol to change to, so that it sees the request as though nobody had asked for one.
  shouldUpgradeCallback: (request) => !isApi(request),
  // Node would refuse by itself, with an empty answer.
  requireHostHeader: false,
};

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
  const { status, body } = malformed(error.code);
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

function malformed(code: string | undefined): { status: number; body: string } {
  switch (code) {
    case "HPE_HEADER_OVERFLOW":
      return errorAnswer("BAD_REQUEST", "The address and headers are too long.", 431);
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return errorAnswer("TIMEOUT", "The request took too long to arrive.");
    default:
      return errorAnswer("BAD_REQUEST", "This is no HTTP request.");
  }
}

function sendUnavailable(response: ServerResponse): void {
  sendError(response, "SERVICE_UNAVAILABLE", "Out of reach for a moment. Trying again is safe.", {
    headers: { "retry-after": "1" },
  });
}
