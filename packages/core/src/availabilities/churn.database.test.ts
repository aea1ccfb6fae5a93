/** How often one member books and cancels one window. */
import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { batchGet } from "../database/batch-get.ts";
import { Contention, transact } from "../database/transact.ts";
import { Refusal } from "../errors.ts";
import { testDatabase } from "../testing/database.ts";
import { checkChurn, churnKey, countCancelation } from "./churn.ts";

const database = testDatabase();
const expiresAt = Date.parse("2099-01-01T00:00:00.000Z") / 1_000;

function newWindow() {
  return { id: randomUUID(), expiresAt };
}

async function cancel(window: { id: string; expiresAt: number }, username: string): Promise<void> {
  await transact(database, { churn: countCancelation(database, window, username) });
}

/** What is stored of two members and two windows; the window of the check stands last. */
async function stored(username: string, id: string, other = newWindow().id): Promise<object[]> {
  const keys = [churnKey("another", id), churnKey(username, other), churnKey(username, id)];
  const { Calendar } = await batchGet(database, { Calendar: keys });
  return keys.flatMap((key) =>
    Calendar.filter((item) => item["username"] === key.username && item["entry"] === key.entry),
  );
}

test("cancelations are counted by member and window, and kept as long as the window", async () => {
  const [window, username] = [newWindow(), randomUUID()];
  expect(await stored(username, window.id)).toEqual([]);
  for (const count of [1, 2]) {
    await cancel(window, username);
    expect(await stored(username, window.id)).toEqual([
      { username, entry: `churn#${window.id}`, count, expiresAt },
    ]);
  }
});

test("three are allowed, of each window and for each member", async () => {
  const [window, other, username] = [newWindow(), newWindow(), randomUUID()];
  for (let at = 0; at < 4; at++) {
    await cancel(window, "another");
    await cancel(other, username);
  }
  const items = async () => [...(await stored(username, window.id, other.id)), {}];
  for (let at = 0; at < 2; at++) await cancel(window, username);
  expect(() => checkChurn(database, username, "none", [])).not.toThrow();
  const held = checkChurn(database, username, window.id, await items());
  expect(Object.keys(held)).toEqual(["churn"]);
  await cancel(window, username);
  const third = await items();
  expect(() => checkChurn(database, username, window.id, third)).toThrow(Refusal);
  expect(() => checkChurn(database, username, window.id, third)).toThrow(
    expect.objectContaining({ reason: "BOOKED_TOO_OFTEN" }),
  );
});

test("a booking holds the count that it has seen, where there is one", async () => {
  const [window, username] = [newWindow(), randomUUID()];
  expect(checkChurn(database, username, window.id, await stored(username, window.id))).toEqual({});
  await cancel(window, username);
  const held = checkChurn(database, username, window.id, await stored(username, window.id));
  await transact(database, held);
  await cancel(window, username);
  await expect(transact(database, held)).rejects.toThrow(Contention);
});
