import { setTimeout as sleep } from "node:timers/promises";
import type { Answer, Exchange } from "../proxy.ts";
import type { Random } from "../random.ts";

/** A way for a request to go wrong. A request without an answer hangs until the client gives up. */
export interface Fault {
  /** The operations that it can affect; all if left out. */
  readonly operations?: readonly string[];
  inject(exchange: Exchange, random: Random): Promise<void> | void;
}

/** An error in DynamoDB's form. */
function error(type: string, status: number, details: object = {}): Answer {
  const body = { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: type, ...details };
  return {
    status,
    headers: { "content-type": "application/x-amz-json-1.0" },
    body: Buffer.from(JSON.stringify(body)),
  };
}

function answering(type: string, status: number, operations?: readonly string[]): Fault {
  return {
    ...(operations && { operations }),
    inject: (exchange) => exchange.answer(error(type, status)),
  };
}

/** A canceled transaction, with one of its items as the reason. */
function canceling(reason: string): Fault {
  return {
    operations: ["TransactWriteItems"],
    inject(exchange, random) {
      const { TransactItems } = JSON.parse(exchange.input) as { TransactItems: unknown[] };
      const guilty = random.between(0, TransactItems.length - 1);
      const CancellationReasons = TransactItems.map((_, index) =>
        index === guilty ? { Code: reason, Message: reason } : { Code: "None" },
      );
      exchange.answer(error("TransactionCanceledException", 400, { CancellationReasons }));
    },
  };
}

const singleWrites = ["PutItem", "UpdateItem", "DeleteItem"];

/** The faults between a function and DynamoDB, by name. */
export const faults = {
  "throttled: table": answering("ProvisionedThroughputExceededException", 400),
  "throttled: service": answering("ThrottlingException", 400),
  "throttled: account": answering("RequestLimitExceeded", 400),
  "throttled: an item of a transaction": canceling("ThrottlingError"),
  "throttled: keys left unread": {
    operations: ["BatchGetItem"],
    inject(exchange) {
      const { RequestItems } = JSON.parse(exchange.input) as { RequestItems: object };
      const body = Buffer.from(JSON.stringify({ Responses: {}, UnprocessedKeys: RequestItems }));
      exchange.answer({ ...error("", 200), body });
    },
  },
  "conflict: transaction canceled": canceling("TransactionConflict"),
  "conflict: transaction in progress": answering("TransactionInProgressException", 400, [
    "TransactWriteItems",
  ]),
  "conflict: write beside a transaction": answering("TransactionConflictException", 400, singleWrites),
  "service: 500": answering("InternalServerError", 500),
  "service: 503": answering("ServiceUnavailable", 503),
  "timeout before the commit": { inject: () => {} },
  "timeout after the commit": {
    async inject(exchange) {
      await exchange.forward();
    },
  },
  "reset before the commit": { inject: (exchange) => exchange.reset() },
  "reset after the commit": {
    async inject(exchange) {
      await exchange.forward();
      exchange.reset();
    },
  },
  "reset in the middle of the answer": {
    async inject(exchange) {
      exchange.cutOff(await exchange.forward());
    },
  },
  "slow on the way there": {
    async inject(exchange, random) {
      await sleep(random.between(100, 1_500));
      if (!exchange.isGone()) exchange.answer(await exchange.forward());
    },
  },
  "slow on the way back": {
    async inject(exchange, random) {
      const answer = await exchange.forward();
      await sleep(random.between(100, 1_500));
      exchange.answer(answer);
    },
  },
} satisfies Record<string, Fault>;

export type FaultName = keyof typeof faults;
export const faultNames = Object.keys(faults) as readonly FaultName[];
