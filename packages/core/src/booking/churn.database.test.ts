/** How often one member may book and cancel one availability. */
import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { batchGet } from "../database/batch-get.ts";
import { ConflictError, transact } from "../database/transact.ts";
import { Refusal } from "../errors.ts";
import { testDatabase } from "../testing/database.ts";
import { checkChurn, churnKey, countCancelation } from "./churn.ts";

const database = testDatabase();
const expiresAt = Date.parse("2099-01-01T00:00:00.000Z") / 1_000;

function newAvailability() {
  return { id: randomUUID(), expiresAt };
}

async function cancel(availability: { id: string; expiresAt: number }, username: string): Promise<void> {
  await transact(database, { churn: countCancelation(database, availability, username) });
}

/** What is stored for two members and two availabilities; the pair of the check comes last. */
async function stored(username: string, id: string, other = newAvailability().id): Promise<object[]> {
  const keys = [churnKey("another", id), churnKey(username, other), churnKey(username, id)];
  const { Calendar } = await batchGet(database, { Calendar: keys });
  return keys.flatMap((key) =>
    Calendar.filter((item) => item["username"] === key.username && item["entry"] === key.entry),
  );
}

test("counts cancelations by member and availability, and keeps the count as long as the availability", async () => {
  const [availability, username] = [newAvailability(), randomUUID()];
  expect(await stored(username, availability.id)).toEqual([]);
  for (const count of [1, 2]) {
    await cancel(availability, username);
    expect(await stored(username, availability.id)).toEqual([
      { username, entry: `churn#${availability.id}`, count, expiresAt },
    ]);
  }
});

test("allows three cancelations for each availability and member", async () => {
  const [availability, other, username] = [newAvailability(), newAvailability(), randomUUID()];
  for (let at = 0; at < 4; at++) {
    await cancel(availability, "another");
    await cancel(other, username);
  }
  const items = async () => [...(await stored(username, availability.id, other.id)), {}];
  for (let at = 0; at < 2; at++) await cancel(availability, username);
  expect(() => checkChurn(database, username, "none", [])).not.toThrow();
  const held = checkChurn(database, username, availability.id, await items());
  expect(Object.keys(held)).toEqual(["churn"]);
  await cancel(availability, username);
  const third = await items();
  expect(() => checkChurn(database, username, availability.id, third)).toThrow(Refusal);
  expect(() => checkChurn(database, username, availability.id, third)).toThrow(
    expect.objectContaining({ reason: "BOOKED_TOO_OFTEN" }),
  );
});

test("a booking depends on the count that it has read, if there is one", async () => {
  const [availability, username] = [newAvailability(), randomUUID()];
  expect(checkChurn(database, username, availability.id, await stored(username, availability.id))).toEqual(
    {},
  );
  await cancel(availability, username);
  const held = checkChurn(database, username, availability.id, await stored(username, availability.id));
  await transact(database, held);
  await cancel(availability, username);
  await expect(transact(database, held)).rejects.toThrow(ConflictError);
});
