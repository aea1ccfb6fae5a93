import { randomBytes } from "node:crypto";
import { LRUCache } from "lru-cache";

/** Far more than the people who sign in at the same time on one machine. */
const mostValues = 10_000;

/** Values under random keys that nobody can guess. They expire after a fixed time. */
export class ExpiringMap<Value extends object | string> {
  readonly #values: LRUCache<string, Value>;

  /** @param lifetimeMs milliseconds */
  constructor(lifetimeMs: number) {
    this.#values = new LRUCache({ max: mostValues, ttl: lifetimeMs });
  }

  /** Keeps a value and returns its key. */
  add(value: Value): string {
    const key = randomBytes(32).toString("base64url");
    this.#values.set(key, value);
    return key;
  }

  get(key: string): Value | undefined {
    return this.#values.get(key);
  }

  /** Returns a value and removes it. */
  take(key: string): Value | undefined {
    const value = this.get(key);
    this.#values.delete(key);
    return value;
  }
}
