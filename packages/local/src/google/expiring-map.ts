import { randomBytes } from "node:crypto";

/** Values under random keys that nobody can guess, for so long and no longer. */
export class ExpiringMap<Value> {
  readonly #lifetimeMs: number;
  readonly #entries = new Map<string, { readonly value: Value; readonly expiresAt: number }>();

  constructor(lifetimeMs: number) {
    this.#lifetimeMs = lifetimeMs;
  }

  /** Keeps a value and answers its key. */
  add(value: Value): string {
    for (const [key, { expiresAt }] of this.#entries) if (expiresAt < Date.now()) this.#entries.delete(key);
    const key = randomBytes(32).toString("base64url");
    this.#entries.set(key, { value, expiresAt: Date.now() + this.#lifetimeMs });
    return key;
  }

  get(key: string): Value | undefined {
    const entry = this.#entries.get(key);
    return entry && entry.expiresAt >= Date.now() ? entry.value : undefined;
  }

  /** Answers a value that is good once. */
  take(key: string): Value | undefined {
    const value = this.get(key);
    this.#entries.delete(key);
    return value;
  }
}
