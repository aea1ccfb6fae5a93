import { Pool } from "undici";

/** Posts JSON to a server on loopback. */
export interface HttpClient {
  /**
   * Returns the body of the answer, whatever its status. Uses a kept-alive connection that no other request shares
   * meanwhile.
   */
  post(path: string, body: string, headers?: Readonly<Record<string, string>>): Promise<string>;
  close(): Promise<void>;
}

/**
 * Uses undici's pool instead of `fetch`, because the client runs on the processors that it measures: a request takes
 * about 40 µs of processor time, with `fetch` about 190.
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
