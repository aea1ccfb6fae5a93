import { type DatabaseProxy, startProxy } from "../proxy.ts";
import { Random } from "../random.ts";
import { type Fault, type FaultName, faultNames, faults } from "./kinds.ts";

/** A proxy that makes requests fail. */
export interface FaultProxy extends DatabaseProxy {
  /** Sets the percentage of requests that fail from now on, and in which ways; none at first. */
  fail(percent: number, names?: readonly FaultName[]): void;
  /** Returns the number of requests so far. */
  requests(): number;
  /** Returns how often each fault was injected so far. */
  counts(): Readonly<Record<FaultName, number>>;
}

/**
 * Starts a proxy in which all faults that fit a request are equally likely.
 * @param seed it determines what happens to the n-th request
 */
export async function startFaultProxy(seed: number): Promise<FaultProxy> {
  const random = new Random(seed);
  const counts = Object.fromEntries(faultNames.map((name) => [name, 0])) as Record<FaultName, number>;
  let percent = 0;
  let allowed = faultNames;
  let requests = 0;

  const proxy = await startProxy(async (exchange) => {
    requests += 1;
    if (!random.chance(percent)) return exchange.answer(await exchange.forward());
    const name = random.pick(allowed.filter((name) => fits(faults[name], exchange.operation)));
    if (name === undefined) return exchange.answer(await exchange.forward());
    counts[name] += 1;
    const fault: Fault = faults[name];
    await fault.inject(exchange, new Random(random.between(0, 0x7fff_ffff)));
  });
  return {
    ...proxy,
    fail(share, names = faultNames) {
      percent = share;
      allowed = names;
    },
    requests: () => requests,
    counts: () => counts,
  };
}

function fits({ operations }: Fault, operation: string): boolean {
  return operations?.includes(operation) ?? true;
}
