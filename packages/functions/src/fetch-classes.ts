/**
 * The parts of `Headers` and `Response` that tRPC and http.ts use. In the bundles they replace Node's classes
 * (infra/bundle.ts), whose first use loads all of Node's fetch: docs/benchmarks.md has the cost of that for a cold
 * start. Unbundled code uses Node's classes. fetch-classes.test.ts compares both under the installed tRPC.
 */

type Entries = Iterable<readonly [string, string]>;

/** Headers with names in any case. Several values of a name are joined by commas. */
export class LightHeaders {
  readonly #values = new Map<string, string>();

  constructor(init: Entries | Record<string, string> = []) {
    const entries = Symbol.iterator in init ? (init as Entries) : Object.entries(init);
    for (const [name, value] of entries) this.append(name, value);
  }

  append(name: string, value: string): void {
    const former = this.get(name);
    this.set(name, former === null ? value : `${former}, ${value}`);
  }

  delete(name: string): void {
    this.#values.delete(name.toLowerCase());
  }

  entries(): MapIterator<[string, string]> {
    return this.#values.entries();
  }

  get(name: string): string | null {
    return this.#values.get(name.toLowerCase()) ?? null;
  }

  has(name: string): boolean {
    return this.#values.has(name.toLowerCase());
  }

  set(name: string, value: string): void {
    this.#values.set(name.toLowerCase(), value);
  }

  [Symbol.iterator](): MapIterator<[string, string]> {
    return this.entries();
  }
}

/** A response whose body is a text, a stream of bytes, or empty. */
export class LightResponse {
  readonly status: number;
  readonly headers: LightHeaders;
  readonly #body: string | ReadableStream<Uint8Array> | null;

  constructor(
    body: string | ReadableStream<Uint8Array> | null,
    init: { status?: number; headers?: LightHeaders | Record<string, string> } = {},
  ) {
    this.#body = body;
    this.status = init.status ?? 200;
    this.headers = new LightHeaders(init.headers);
    if (typeof body === "string" && !this.headers.has("content-type"))
      this.headers.set("content-type", "text/plain;charset=UTF-8");
  }

  async text(): Promise<string> {
    if (this.#body === null || typeof this.#body === "string") return this.#body ?? "";
    const chunks: Uint8Array[] = [];
    for await (const chunk of this.#body) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  }
}

Object.assign(globalThis, { LightHeaders, LightResponse });
