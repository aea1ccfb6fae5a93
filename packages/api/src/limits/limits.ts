/** What may be done in a minute. Plain data and its reading: the deployment (infra/) and the embedded stack use it too. */

/**
 * As what a call counts: `change` and `read` are the mutations and queries that have no kind of their own, `anonymous`
 * is a call for members without a valid token.
 */
const callKinds = ["search", "book", "change", "read", "anonymous"] as const;
export type CallKind = (typeof callKinds)[number];

/** Calls in a minute, of one person and from one address; what is left out is not counted. */
interface Limit {
  readonly person?: number;
  readonly address?: number;
}

export type Limits = Readonly<Record<CallKind, Limit>>;

/** Far above what people do by hand; an address may be that of a whole club. */
export const defaultLimits: Limits = {
  search: { person: 120, address: 1_200 },
  book: { person: 30, address: 300 },
  change: { person: 60, address: 600 },
  read: { person: 600, address: 6_000 },
  anonymous: { address: 300 },
};

/** For where scripted clients call as fast as they can, all from one address: the embedded stack, tests, benchmarks. */
export const wideLimits: Limits = {
  search: { person: 1_000_000, address: 1_000_000 },
  book: { person: 1_000_000, address: 1_000_000 },
  change: { person: 1_000_000, address: 1_000_000 },
  read: { person: 1_000_000, address: 1_000_000 },
  anonymous: { address: 1_000_000 },
};

/**
 * Limits with some numbers changed.
 * @param changes as JSON, `{"book":{"person":10}}`; what it leaves out stays as in `limits`
 * @throws Error saying what is wrong with `changes`
 */
export function changeLimits(limits: Limits, changes: string): Limits {
  const given = asObject(JSON.parse(changes), "The limits");
  const kinds = Object.entries(given).map(([kind, limit]) => {
    if (!isOneOf(callKinds, kind)) throw new Error(`"${kind}" is none of ${callKinds.join(", ")}.`);
    const numbers = asObject(limit, `"${kind}"`);
    for (const [whom, calls] of Object.entries(numbers)) {
      if (!isOneOf(["person", "address"], whom)) throw new Error(`"${kind}" has no "${whom}".`);
      if (!Number.isSafeInteger(calls) || Number(calls) < 1) {
        throw new Error(`"${kind}" of "${whom}" is no whole number from 1 on.`);
      }
    }
    return [kind, { ...limits[kind], ...numbers }];
  });
  return { ...limits, ...Object.fromEntries(kinds) };
}

function asObject(value: unknown, name: string): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  throw new Error(`${name} must be an object.`);
}

function isOneOf<Name extends string>(names: readonly Name[], name: string): name is Name {
  return names.some((known) => known === name);
}
