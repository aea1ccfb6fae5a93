/** Shared by the commands: how a call is judged, and common arbitraries. */
import fc from "fast-check";
import { expect } from "vitest";
import type { SessionType } from "../../src/community/ids.ts";
import { InvalidInput } from "../../src/errors.ts";
import { outcomeOf } from "../../src/testing/index.ts";
import type { Verdict } from "../../src/testing/model-verdicts.ts";
import type { Command } from "./real.ts";

/** All outcomes so far, to check that the runs covered everything. */
export const came = new Set<string>();

/** Makes a call and compares its outcome with the verdict. Returns the answer if the call succeeded. */
export async function judged<Answer>(
  name: string,
  call: Promise<Answer>,
  { must, may }: Verdict,
): Promise<Answer | undefined> {
  const outcome = await outcomeOf(call).catch((error: unknown) => {
    if (error instanceof InvalidInput) return "BAD_REQUEST" as const;
    throw error;
  });
  expect([...must, ...may, ...(must.length > 0 ? [] : ["OK"])]).toContain(outcome);
  came.add(outcome === "OK" ? `${name} OK` : outcome);
  return outcome === "OK" ? call : undefined;
}

export function command(name: string, given: object, run: Command["run"], repeatable = true): Command {
  const made: Command = {
    check: () => true,
    run: async (model, real) => {
      await run(model, real);
      if (repeatable) real.last = made;
    },
    toString: () => `${name}(${JSON.stringify(given)})`,
  };
  return made;
}

/** Usually one of `usual`, sometimes one of `other`. */
export function mostly<Usual, Other>(usual: fc.Arbitrary<Usual>, other: fc.Arbitrary<Other>) {
  return fc.oneof<[fc.WeightedArbitrary<Usual>, fc.WeightedArbitrary<Other>]>(
    { weight: 15, arbitrary: usual },
    { weight: 1, arbitrary: other },
  );
}

/** Picks one of the things, counted from the newest; without a number it returns none. */
export function pick<Thing>(
  things: ReadonlyMap<string, Thing>,
  number: number | undefined,
): Thing | undefined {
  return number === undefined ? undefined : [...things.values()].at(-1 - (number % things.size));
}

export const member = mostly(fc.nat({ max: 3 }), fc.constant(4));
export const number = mostly(fc.nat({ max: 6 }), fc.constant(undefined));
export const optional = <Value>(values: fc.Arbitrary<Value>) => fc.option(values, { nil: undefined });
export const types = fc.subarray<SessionType>(["sparring", "kata"], { minLength: 1 });
