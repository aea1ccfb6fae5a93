import { setTimeout as sleep } from "node:timers/promises";
import { type Answer, type DatabaseProxy, type Exchange, startProxy } from "../proxy.ts";

/** DynamoDB's JSON, untyped. */
// biome-ignore lint/suspicious/noExplicitAny: any JSON may come over the wire
export type Json = any;

/** A fault between the API and its database. */
export interface PlantedFault {
  readonly name: string;
  /**
   * Alters a request in place.
   * @param operation e.g. `TransactWriteItems`
   * @returns whether it did, or an answer that is sent instead of the database's
   */
  readonly onRequest?: (operation: string, input: Json) => boolean | { readonly answer: Json };
  /** Alters an answer in place, and says whether it did. */
  readonly onAnswer?: (operation: string, input: Json, output: Json) => boolean;
  /** How long an altered request is delayed, so that there is time for what it no longer guards against. */
  readonly delayMs?: number;
}

/** A proxy between the API and its database that can apply planted faults. */
export interface Wire extends DatabaseProxy {
  fault: PlantedFault | undefined;
  /** How often the fault has changed something. */
  planted: number;
}

export async function startWire(): Promise<Wire> {
  const proxy = await startProxy((exchange) => pass(wire, exchange));
  const wire: Wire = { ...proxy, fault: undefined, planted: 0 };
  return wire;
}

async function pass(wire: Wire, exchange: Exchange): Promise<void> {
  const { fault } = wire;
  const { operation } = exchange;
  const input = JSON.parse(exchange.input);
  const altered = fault?.onRequest?.(operation, input) ?? false;
  if (altered !== false) wire.planted += 1;
  if (typeof altered === "object") return exchange.answer(answerOf(altered.answer));
  if (altered && fault?.delayMs) await sleep(fault.delayMs);

  const answer = await exchange.forward(JSON.stringify(input));
  if (!fault?.onAnswer || answer.status !== 200) return exchange.answer(answer);
  const output = JSON.parse(answer.body.toString());
  if (fault.onAnswer(operation, input, output)) wire.planted += 1;
  exchange.answer(answerOf(output));
}

function answerOf(output: Json): Answer {
  return {
    status: 200,
    headers: { "content-type": "application/x-amz-json-1.0" },
    body: Buffer.from(JSON.stringify(output)),
  };
}
