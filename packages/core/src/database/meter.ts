import type { Database, DocumentClient } from "./database.ts";

/** A database that counts what its requests consume. */
export interface MeteredDatabase {
  readonly database: Database;
  /**
   * The number of requests answered so far, and the capacity units that DynamoDB reports for them, reads and writes
   * together.
   */
  readonly consumed: () => { requests: number; units: number };
}

interface Consumed {
  CapacityUnits?: number | undefined;
}

interface Answer {
  ConsumedCapacity?: Consumed | Consumed[] | undefined;
}

/** Returns a database that counts requests. A request without an answer is not counted. */
export function metered(database: Database): MeteredDatabase {
  let requests = 0;
  let units = 0;
  const send = async (
    command: { input: object },
    options?: { abortSignal?: AbortSignal },
  ): Promise<Answer> => {
    Object.assign(command.input, { ReturnConsumedCapacity: "TOTAL" });
    const sent = database.client.send(command as Parameters<DocumentClient["send"]>[0], options);
    const answer = (await sent) as Answer;
    requests += 1;
    for (const { CapacityUnits = 0 } of [answer.ConsumedCapacity ?? []].flat()) units += CapacityUnits;
    return answer;
  };
  return {
    database: { names: database.names, client: { send: send as DocumentClient["send"] } },
    consumed: () => ({ requests, units }),
  };
}
