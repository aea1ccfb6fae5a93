import { uniformInt } from "pure-rand/distribution/uniformInt";
import { mersenne } from "pure-rand/generator/mersenne";

/** Chances that are the same for the same seed. */
export class Random {
  readonly #generator;

  constructor(seed: number) {
    this.#generator = mersenne(seed);
  }

  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number {
    return uniformInt(this.#generator, from, to);
  }

  uuid(): string {
    const hex = Array.from({ length: 32 }, () => this.between(0, 15).toString(16)).join("");
    return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})/, "$1-$2-4$3-8$4-");
  }

  /** True in so many of a hundred cases. */
  chance(percent: number): boolean {
    return this.between(1, 100) <= percent;
  }

  /** One of the items; undefined where there are none. */
  pick<Item>(items: readonly Item[]): Item | undefined {
    return items.length === 0 ? undefined : items[this.between(0, items.length - 1)];
  }

  /** One of the items, the first ones by far more often than the last. */
  pickEarly<Item>(items: readonly Item[]): Item | undefined {
    return items.length === 0 ? undefined : items[this.between(0, this.between(0, items.length - 1))];
  }

  /** So many different ones of the items, in their order. */
  some<Item>(items: readonly Item[], count: number): Item[] {
    const left = items.map((_, index) => index);
    const chosen = Array.from({ length: count }, () => left.splice(this.between(0, left.length - 1), 1)[0]);
    return items.filter((_, index) => chosen.includes(index));
  }

  /** The name of one of the alternatives, each as likely as its weight says. */
  choose<Name extends string>(weights: Readonly<Record<Name, number>>): Name {
    const names = Object.keys(weights) as Name[];
    return this.pick(names.flatMap((name) => Array<Name>(weights[name]).fill(name))) as Name;
  }
}
