import { Pool } from "undici";

/** Posts JSON to a server on loopback. */
export interface HttpClient {
  /** Returns the body of whatever comes back; by a connection that stays open and no other request uses meanwhile. */
  post(path: string, body: string, headers?: Readonly<Record<string, string>>): Promise<string>;
  close(): Promise<void>;
}

/**
 * undici's pool without the rest of `fetch`, because the client runs on the processors that it measures: a request takes it
 * some 40 µs of processor time, and `fetch` some 190.
 */
export function createHttpClient(port: number): HttpClient {
  const pool = new Pool(`http://127.0.0.1:${port}`);
  return {
    async post(path, body, headers = {}) {
      const request = {
        path,
        method: "POST",
        body,
        headers: { "content-type": "application/json", ...headers },
      };
      const response = await pool.request(request);
      return await response.body.text();
    },
    close: () => pool.destroy(),
  };
}
