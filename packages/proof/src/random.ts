import { uniformInt } from "pure-rand/distribution/uniformInt";
import { mersenne } from "pure-rand/generator/mersenne";

/** Random choices that are the same for the same seed. */
export class Random {
  readonly #generator;

  constructor(seed: number) {
    this.#generator = mersenne(seed);
  }

  /** Returns a whole number from `from` to `to`, both included. */
  between(from: number, to: number): number {
    return uniformInt(this.#generator, from, to);
  }

  uuid(): string {
    const hex = Array.from({ length: 32 }, () => this.between(0, 15).toString(16)).join("");
    return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})/, "$1-$2-4$3-8$4-");
  }

  /** Returns true with this probability, in percent. */
  chance(percent: number): boolean {
    return this.between(1, 100) <= percent;
  }

  /** Returns one of the items; undefined if there are none. */
  pick<Item>(items: readonly Item[]): Item | undefined {
    return items.length === 0 ? undefined : items[this.between(0, items.length - 1)];
  }

  /** Returns one of the items, the first ones far more often than the last. */
  pickEarly<Item>(items: readonly Item[]): Item | undefined {
    return items.length === 0 ? undefined : items[this.between(0, this.between(0, items.length - 1))];
  }

  /** Returns `count` different items, in their order. */
  some<Item>(items: readonly Item[], count: number): Item[] {
    const left = items.map((_, index) => index);
    const chosen = Array.from({ length: count }, () => left.splice(this.between(0, left.length - 1), 1)[0]);
    return items.filter((_, index) => chosen.includes(index));
  }

  /** Returns the name of one of the alternatives, chosen by weight. */
  choose<Name extends string>(weights: Readonly<Record<Name, number>>): Name {
    const names = Object.keys(weights) as Name[];
    return this.pick(names.flatMap((name) => Array<Name>(weights[name]).fill(name))) as Name;
  }
}
