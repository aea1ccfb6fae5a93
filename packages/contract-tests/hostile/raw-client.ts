import { Agent, type IncomingHttpHeaders, request } from "node:http";
import type { Json } from "../contract/client.ts";

export interface RawRequest {
  method?: string;
  /** What follows `/api/trpc/`, sent as it is. */
  path: string;
  headers?: Record<string, string | string[]>;
  body?: string | Buffer;
}

export interface RawAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  /** Undefined where the answer is no JSON. */
  json: Json;
}

const agent = new Agent({ keepAlive: true });

/** Sends a request as it stands: unlike `fetch`, it mends no address and forbids no method. */
export function send(
  api: string,
  { method = "GET", path, headers = {}, body }: RawRequest,
): Promise<RawAnswer> {
  const { hostname, port, pathname } = new URL(api);
  return new Promise((resolve, reject) => {
    const sent = request(
      { agent, hostname, port, method, path: `${pathname}/${path}`, headers },
      async (response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk as Buffer);
        const text = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json: parse(text) });
      },
    );
    sent.on("error", (error: NodeJS.ErrnoException) => {
      // The other end closed a connection that had been idle, just as it was used again.
      const isIdle = sent.reusedSocket && error.code === "ECONNRESET";
      if (isIdle) resolve(send(api, { method, path, headers, ...(body !== undefined && { body }) }));
      else reject(error);
    });
    sent.end(body);
  });
}

function parse(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
