import { Agent, type IncomingHttpHeaders, request } from "node:http";
import type { Json } from "../contract/client.ts";

export interface RawRequest {
  method?: string;
  /** The part after `/api/trpc/`, sent unchanged. */
  path: string;
  headers?: Record<string, string | string[]>;
  body?: string | Buffer;
}

export interface RawAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  /** Undefined if the answer is not JSON. */
  json: Json;
}

const agent = new Agent({ keepAlive: true });

/** Sends a request unchanged: unlike `fetch`, it corrects no address and forbids no method. */
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
      // The server closed an idle connection at the moment of its reuse.
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
