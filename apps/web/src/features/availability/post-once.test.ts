import type { SetAvailabilityInput } from "@kumite/core/availabilities/schema";
import { expect, test } from "vitest";
import { postOnce } from "./post-once.ts";

const input: SetAvailabilityInput = {
  startTime: "2026-11-23T17:00:00.000Z",
  endTime: "2026-11-23T19:00:00.000Z",
  types: ["sparring"],
  cohorts: ["Green"],
};

/** An API with idempotency keys; the answers to the calls with these numbers are lost. */
function api(...unanswered: number[]) {
  const availabilities = new Map<string, SetAvailabilityInput & { id: string }>();
  let calls = 0;
  const set = async ({ idempotencyKey, ...given }: SetAvailabilityInput) => {
    const id = given.id ?? `open time of ${idempotencyKey}`;
    const availability = (given.id === undefined && availabilities.get(id)) || { ...given, id };
    availabilities.set(id, availability);
    if (unanswered.includes(++calls)) throw new Error("No answer");
    return availability;
  };
  return { set, availabilities: () => [...availabilities.values()] };
}

test("posts one open time when pressed again after a lost answer", async () => {
  const { set, availabilities } = api(1, 2);
  const post = postOnce(set);
  await expect(post(input)).rejects.toThrow("No answer");
  await expect(post(input)).rejects.toThrow("No answer");
  expect(availabilities()).toEqual([await post(input)]);
});

test("saves what was changed before it is pressed again, whichever answer is lost", async () => {
  const { set, availabilities } = api(1, 3);
  const post = postOnce(set);
  const changed = { ...input, description: "Bring gloves" };
  await expect(post(input)).rejects.toThrow("No answer");
  await expect(post(changed)).rejects.toThrow("No answer");
  expect(await post(changed)).toMatchObject(changed);
  expect(availabilities()).toEqual([expect.objectContaining(changed)]);
});

test("another form posts another open time", async () => {
  const { set, availabilities } = api();
  await postOnce(set)(input);
  await postOnce(set)(input);
  expect(availabilities()).toHaveLength(2);
});
