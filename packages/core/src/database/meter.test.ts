import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { expect, test } from "vitest";
import type { Database } from "./database.ts";
import { metered } from "./meter.ts";

test("counts answered requests and the capacity that they consume", async () => {
  const answers = [
    {},
    { ConsumedCapacity: { CapacityUnits: 0.5 } },
    { ConsumedCapacity: [{ CapacityUnits: 2 }, {}, { CapacityUnits: 4 }] },
  ];
  const sent: unknown[][] = [];
  const send = async (...given: unknown[]) => {
    sent.push(given);
    if (answers.length === 0) throw new Error("No answer came");
    return answers.shift();
  };
  const names = { Users: "users" };
  const { database, consumed } = metered({ names, client: { send } } as unknown as Database);
  expect(database.names).toBe(names);
  expect(consumed()).toEqual({ requests: 0, units: 0 });
  const read = (options?: object) => {
    const command = new GetCommand({ TableName: "users", Key: { username: "anna" } });
    return database.client.send(command, options);
  };
  const options = { abortSignal: new AbortController().signal };
  expect(await read(options)).toEqual({});
  expect(await read()).toEqual({ ConsumedCapacity: { CapacityUnits: 0.5 } });
  await read();
  expect(consumed()).toEqual({ requests: 3, units: 6.5 });
  await expect(read()).rejects.toThrow("No answer came");
  expect(consumed()).toEqual({ requests: 3, units: 6.5 });
  expect(sent[0]).toMatchObject([
    { input: { TableName: "users", ReturnConsumedCapacity: "TOTAL" } },
    options,
  ]);
});
