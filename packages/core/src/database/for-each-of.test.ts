import { expect, test } from "vitest";
import { forEachOf } from "./for-each-of.ts";

/** Work that takes one turn of the event loop, and a record of how much of it ran at once. */
function counted(work: (item: number) => void = () => {}) {
  const seen = { done: [] as number[], underWay: 0, most: 0 };
  const run = async (item: number) => {
    seen.underWay += 1;
    seen.most = Math.max(seen.most, seen.underWay);
    await new Promise((resolve) => setImmediate(resolve));
    seen.underWay -= 1;
    work(item);
    seen.done.push(item);
  };
  return { seen, run };
}

const upTo = (count: number) => Array.from({ length: count }, (_, at) => at);

test.each([0, 1, 25, 26, 100])("processes each of %d items once, at most 25 at a time", async (count) => {
  const { seen, run } = counted();
  await forEachOf(upTo(count), run);
  expect(seen).toEqual({ done: upTo(count), underWay: 0, most: Math.min(count, 25) });
});

test("a failure does not stop the others, and is thrown when all are done", async () => {
  const { seen, run } = counted((item) => {
    if (item === 10) throw new Error(`item ${item}`);
  });
  await expect(forEachOf(upTo(100), run)).rejects.toThrow("item 10");
  expect(seen.done).toHaveLength(99);
});

test("throws the first of several failures", async () => {
  const { run } = counted((item) => {
    if (item % 30 === 10) throw new Error(`item ${item}`);
  });
  await expect(forEachOf(upTo(100), run)).rejects.toThrow("item 10");
});
