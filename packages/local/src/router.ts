import { type IncomingMessage, type ServerOptions, type ServerResponse, STATUS_CODES } from "node:http";
import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { apiPrefix } from "@kumite/api/routes";
import { createProxyServer } from "httpxy";
import { errorAnswer, listen, sendError } from "./http.ts";

/** The addresses of the API and the web app; undefined while that part is starting. */
export interface Upstreams {
  readonly api: () => string | undefined;
  readonly web: () => string | undefined;
}

export interface Router {
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * Starts the router, which does locally what CloudFront does on AWS: paths below `/api/` go to the functions, all
 * others to the web app. If the target cannot be reached, the answer is 503, and retrying is safe.
 *
 * @param options.port the port to prefer; the next free one is taken instead. Without it, any free one.
 */
export async function startRouter(
  upstreams: Upstreams,
  options: { port?: number | undefined } = {},
): Promise<Router> {
  // A new connection for each request: the other end may close a reused one at the same moment.
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
      sendError(response, "BAD_REQUEST", "Only 100-continue can be expected.", { status: 417 }),
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

/** The largest body that CloudFront's function passes on to the API (infra/router.ts), in bytes. */
const largestBody = 1024 * 1024;

function isApi({ url = "/" }: IncomingMessage): boolean {
  return url.startsWith(apiPrefix);
}

const serverOptions: ServerOptions = {
  // The API supports no other protocol, so the request reaches it without the upgrade.
  shouldUpgradeCallback: (request) => !isApi(request),
  // Node itself would refuse it with an empty answer.
  requireHostHeader: false,
};

/** Replaces forwarded headers that the client may have set. */
function setForwardedHeaders(request: IncomingMessage): void {
  request.headers["x-forwarded-host"] = request.headers.host;
  request.headers["x-forwarded-proto"] = "http";
  request.headers["x-forwarded-for"] = request.socket.remoteAddress;
  request.headers["x-viewer-address"] = request.socket.remoteAddress;
}

/** Refuses what is not HTTP, or has a too long address or headers. */
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
      return errorAnswer("BAD_REQUEST", "This is not an HTTP request.");
  }
}

function sendUnavailable(response: ServerResponse): void {
  sendError(response, "SERVICE_UNAVAILABLE", "Out of reach for a moment. Trying again is safe.", {
    headers: { "retry-after": "1" },
  });
}
