/**
 * The rate limits of a minute: plain data, and the parser of changes. The deployment (infra/) and the embedded stack
 * use it too.
 */

/**
 * The kinds of calls that have limits. `change` and `read` are the mutations and queries without their own kind.
 * `anonymous` is a call of a member procedure without a valid token.
 */
const callKinds = ["search", "book", "change", "read", "anonymous"] as const;
export type CallKind = (typeof callKinds)[number];

/** Calls in a minute by one person and from one address. Without a number, calls are not counted. */
interface Limit {
  readonly person?: number;
  readonly address?: number;
}

export type Limits = Readonly<Record<CallKind, Limit>>;

/** Far above human speed. A whole club may share an address. */
export const defaultLimits: Limits = {
  search: { person: 120, address: 1_200 },
  book: { person: 30, address: 300 },
  change: { person: 60, address: 600 },
  read: { person: 600, address: 6_000 },
  anonymous: { address: 300 },
};

/** For the embedded stack, tests and benchmarks, where scripted clients call as fast as they can from one address. */
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
    if (!isOneOf(callKinds, kind)) throw new Error(`"${kind}" is not one of ${callKinds.join(", ")}.`);
    const numbers = asObject(limit, `"${kind}"`);
    for (const [whom, calls] of Object.entries(numbers)) {
      if (!isOneOf(["person", "address"], whom)) throw new Error(`"${kind}" has no "${whom}".`);
      if (!Number.isSafeInteger(calls) || Number(calls) < 1) {
        throw new Error(`"${kind}" of "${whom}" must be a whole number, 1 or more.`);
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
