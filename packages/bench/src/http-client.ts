import { connect, type Socket } from "node:net";

/** Posts JSON to a server on loopback. */
export interface HttpClient {
  /** Answers the body of whatever comes back; by a connection that stays open and no other request uses meanwhile. */
  post(path: string, body: string, headers?: Readonly<Record<string, string>>): Promise<string>;
  close(): void;
}

/** Milliseconds. `node:http` closes a connection after five seconds. */
const longestIdle = 2_000;

/**
 * A client that does as little as can be done: it runs on the processors that it measures. Node's own takes three times as
 * much. It understands what `node:http` sends: a length, or chunks.
 */
export function createHttpClient(port: number): HttpClient {
  const idle: { socket: Socket; since: number }[] = [];
  const open = new Set<Socket>();
  const openSocket = (): Socket => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    open.add(socket);
    socket.once("close", () => open.delete(socket));
    return socket;
  };
  /** One that is in use no more; not one that has been for so long that the server may be about to close it. */
  const idleSocket = (): Socket | undefined => {
    const last = idle.pop();
    if (!last || performance.now() - last.since < longestIdle) return last?.socket;
    for (const { socket } of [last, ...idle.splice(0)]) socket.destroy();
    return undefined;
  };
  return {
    post(path, body, headers = {}) {
      const socket = idleSocket() ?? openSocket();
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      const head = `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/json\r\n`;
      socket.write(`${head}${lines.join("")}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
      return new Promise((resolve, reject) => {
        // A character for each byte, so that lengths are lengths.
        let received = "";
        const settle = (end: () => void) => {
          socket.removeAllListeners("data").removeAllListeners("error").removeAllListeners("end");
          end();
        };
        socket.on("data", (data) => {
          received += data.toString("latin1");
          const answer = bodyOf(received);
          if (answer === undefined) return;
          settle(() => {
            idle.push({ socket, since: performance.now() });
            resolve(Buffer.from(answer, "latin1").toString());
          });
        });
        socket.on("error", (error) => settle(() => reject(error)));
        socket.on("end", () => settle(() => reject(new Error("The server hung up"))));
      });
    },
    close() {
      for (const socket of open) socket.destroy();
    },
  };
}

/** The body of a response, once all of it is there. */
function bodyOf(received: string): string | undefined {
  const headEnd = received.indexOf("\r\n\r\n");
  if (headEnd < 0) return undefined;
  const head = received.slice(0, headEnd);
  const rest = received.slice(headEnd + 4);
  const length = /^content-length: (\d+)/im.exec(head)?.[1];
  if (length !== undefined) return rest.length >= Number(length) ? rest.slice(0, Number(length)) : undefined;
  let body = "";
  for (let at = 0; ; ) {
    const lineEnd = rest.indexOf("\r\n", at);
    if (lineEnd < 0) return undefined;
    const size = Number.parseInt(rest.slice(at, lineEnd), 16);
    if (rest.length < lineEnd + 2 + size + 2) return undefined;
    if (size === 0) return body;
    body += rest.slice(lineEnd + 2, lineEnd + 2 + size);
    at = lineEnd + 2 + size + 2;
  }
}
