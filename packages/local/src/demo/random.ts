import { createHash } from "node:crypto";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { mersenne } from "pure-rand/generator/mersenne";

/** Choices that look random but depend only on the key, on every machine. */
export class Random {
  readonly #generator;

  constructor(key: string) {
    this.#generator = mersenne(createHash("sha256").update(key).digest().readInt32LE());
  }

  /** Returns true with this probability, in percent. */
  chance(percent: number): boolean {
    return this.between(1, 100) <= percent;
  }

  /** Returns a whole number from `from` to `to`, both included. */
  between(from: number, to: number): number {
    return uniformInt(this.#generator, from, to);
  }

  /** Returns one of the items. Throws if there are none. */
  pick<T>(items: readonly T[]): T {
    const item = items[this.between(0, items.length - 1)];
    if (item === undefined) throw new Error("There is nothing to pick from.");
    return item;
  }

  /** Returns the items in random order. */
  shuffle<T>(items: readonly T[]): T[] {
    const left = [...items];
    return items.flatMap(() => left.splice(this.between(0, left.length - 1), 1));
  }
}
