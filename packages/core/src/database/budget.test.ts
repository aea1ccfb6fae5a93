import { GetCommand, PutCommand, TransactWriteCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, test, vi } from "vitest";
import { TooMuch, Unavailable } from "../errors.ts";
import { Budget, type BudgetLimits } from "./budget.ts";
import type { Database } from "./database.ts";

const plenty = 1_000_000;
const limits = (given: Partial<BudgetLimits>): BudgetLimits => ({
  requests: plenty,
  readUnits: plenty,
  writeUnits: plenty,
  answerBytes: plenty,
  atOnce: plenty,
  beginMs: plenty,
  ...given,
});

/** A database that answers each request after one turn of the event loop, with the given units consumed. */
function countedDatabase(units = 1) {
  const seen = { sent: 0, underWay: 0, most: 0 };
  const send = async () => {
    seen.sent += 1;
    seen.underWay += 1;
    seen.most = Math.max(seen.most, seen.underWay);
    await new Promise((resolve) => setImmediate(resolve));
    seen.underWay -= 1;
    return { ConsumedCapacity: [{ CapacityUnits: units / 2 }, { CapacityUnits: units / 2 }] };
  };
  const database = { names: {}, client: { send } } as unknown as Database;
  return { database, seen };
}

const read = (database: Database) => database.client.send(new GetCommand({ TableName: "x", Key: {} }));
const write = (database: Database) => database.client.send(new TransactWriteCommand({ TransactItems: [] }));
const outcome = (call: Promise<unknown>) =>
  call.then(
    () => "OK",
    (error: Error) => error.name,
  );

describe("queries", () => {
  test("share one budget, send nothing once it is used up, and the first ones complete", async () => {
    const { database, seen } = countedDatabase(10);
    const budget = new Budget(limits({ readUnits: 100, atOnce: 2 }));
    const call = () =>
      budget.query(database, async (counted) => {
        for (let at = 0; at < 3; at++) await read(counted);
      });
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => outcome(call())));
    expect(outcomes.slice(0, 2)).toEqual(["OK", "OK"]);
    expect(outcomes.slice(4)).toEqual(Array(16).fill("TooMuch"));
    // When the budget is used up, one request of each running query is still in progress.
    expect(seen.sent).toBeLessThanOrEqual(11);
    expect(seen.most).toBe(2);
  });

  test("limit how many requests one query sends at once", async () => {
    const { database, seen } = countedDatabase(50);
    const budget = new Budget(limits({ readUnits: 100, atOnce: 4 }));
    const many = (counted: Database) => Promise.all(Array.from({ length: 100 }, () => read(counted)));
    expect(await outcome(budget.query(database, many))).toBe("TooMuch");
    // The first answer leaves half of the budget, so one more request is sent; the second answer leaves nothing.
    expect(seen).toMatchObject({ sent: 5, most: 4 });
  });

  test.each<[string, Partial<BudgetLimits>]>([
    ["requests", { requests: 3 }],
    ["units", { readUnits: 3 }],
  ])("are limited by %s", async (_, given) => {
    const { database, seen } = countedDatabase();
    const budget = new Budget(limits(given));
    const outcomes: string[] = [];
    for (let at = 0; at < 5; at++) outcomes.push(await outcome(budget.query(database, read)));
    expect(outcomes).toEqual(["OK", "OK", "OK", "TooMuch", "TooMuch"]);
    expect(seen.sent).toBe(3);
  });

  test("never fail if they send no request", async () => {
    const { database } = countedDatabase();
    const budget = new Budget(limits({ requests: 0 }));
    expect(await budget.query(database, async () => "a file")).toBe("a file");
  });
});

describe("mutations", () => {
  test("run one after the other, and are refused before they start or not at all", async () => {
    const { database, seen } = countedDatabase();
    const budget = new Budget(limits({ writeUnits: 5, atOnce: 8 }));
    let running = 0;
    const call = () =>
      budget.mutation(database, async (counted) => {
        expect(running).toBe(0);
        running += 1;
        try {
          for (let at = 0; at < 3; at++) await write(counted);
        } finally {
          running -= 1;
        }
      });
    const outcomes = await Promise.all(Array.from({ length: 4 }, () => outcome(call())));
    // The second one starts with two writes left, and completes.
    expect(outcomes).toEqual(["OK", "OK", "TooMuch", "TooMuch"]);
    expect(seen.sent).toBe(6);
  });

  test("continue after one that fails", async () => {
    const { database } = countedDatabase();
    const budget = new Budget(limits({}));
    const failing = budget.mutation(database, () => Promise.reject(new Error("as asked")));
    expect(await Promise.all([outcome(failing), outcome(budget.mutation(database, write))])).toEqual([
      "Error",
      "OK",
    ]);
  });

  test("do not start when the time is up, nor do queries; both can be retried", async () => {
    const { database, seen } = countedDatabase();
    const budget = new Budget(limits({ beginMs: 0 }));
    await expect(budget.mutation(database, write)).rejects.toThrow(Unavailable);
    await expect(budget.query(database, read)).rejects.toThrow(Unavailable);
    expect(seen.sent).toBe(0);
  });
});

describe("answers", () => {
  test("are counted in bytes as JSON in JSON; one that does not fit is not counted", () => {
    const budget = new Budget(limits({ answerBytes: 20 }));
    // `"\"\\\"\\\"\""`, in quotation marks: 2 + 4 + 8.
    expect(budget.answer('""', false)).toBe(true);
    expect(budget.answer("éé", false)).toBe(false);
    expect(budget.answer(7, false)).toBe(true);
  });

  test("of a mutation are always sent, and a used-up budget then stops further calls", async () => {
    const { database, seen } = countedDatabase();
    const budget = new Budget(limits({ answerBytes: 10 }));
    expect(budget.answer("a long answer", true)).toBe(true);
    await expect(budget.mutation(database, write)).rejects.toThrow(TooMuch);
    await expect(budget.query(database, read)).rejects.toThrow(TooMuch);
    expect(seen.sent).toBe(0);
  });
});

describe("exact limits", () => {
  const put = (database: Database) => database.client.send(new PutCommand({ TableName: "x", Item: {} }));
  const update = (database: Database) =>
    database.client.send(new UpdateCommand({ TableName: "x", Key: {}, UpdateExpression: "ADD calls :one" }));

  test.each<[string, Partial<BudgetLimits>, (database: Database) => Promise<unknown>]>([
    ["a read", { readUnits: 1 }, read],
    ["a transaction", { writeUnits: 1 }, write],
    ["a new item", { writeUnits: 1 }, put],
    ["a changed item", { writeUnits: 1 }, update],
  ])("%s uses only its own kind of units", async (_, given, send) => {
    const { database } = countedDatabase();
    const held = new Budget(limits(given));
    expect(await outcome(held.query(database, send))).toBe("OK");
    expect(await outcome(held.query(database, send))).toBe("TooMuch");
    const other = new Budget(limits(send === read ? { writeUnits: 1 } : { readUnits: 1 }));
    for (let at = 0; at < 3; at++) expect(await outcome(other.query(database, send))).toBe("OK");
  });

  test("an answer may use exactly the rest of the budget, and then no further call starts", async () => {
    const { database } = countedDatabase();
    const budget = new Budget(limits({ answerBytes: 2 }));
    // Empty text in quotation marks.
    expect(budget.answer(undefined, false)).toBe(true);
    expect(await outcome(budget.query(database, read))).toBe("TooMuch");
  });

  test("the time is counted from the creation of the budget", async () => {
    const { database } = countedDatabase();
    const clock = vi.spyOn(performance, "now").mockReturnValue(5_000);
    const budget = new Budget(limits({ beginMs: 1_000 }));
    clock.mockReturnValue(5_999);
    expect(await outcome(budget.query(database, read))).toBe("OK");
    clock.mockReturnValue(6_000);
    await expect(budget.query(database, read)).rejects.toThrow(Unavailable);
  });

  test("each request asks for its consumed capacity; a missing figure counts as zero", async () => {
    const inputs: object[] = [];
    const send = async ({ input }: { input: object }) => {
      inputs.push(input);
      return { ConsumedCapacity: {} };
    };
    const database = { names: {}, client: { send } } as unknown as Database;
    const budget = new Budget(limits({ readUnits: 1 }));
    for (let at = 0; at < 3; at++) await budget.query(database, read);
    expect(inputs).toMatchObject(Array(3).fill({ ReturnConsumedCapacity: "TOTAL" }));
  });

  test("by default, one HTTP request may send 300 requests to the database", async () => {
    const { database, seen } = countedDatabase(0);
    const budget = new Budget();
    const calls = Array.from({ length: 310 }, () => outcome(budget.query(database, read)));
    expect(new Set((await Promise.all(calls)).slice(0, 300))).toEqual(new Set(["OK"]));
    expect(seen.sent).toBe(300);
  });
});
