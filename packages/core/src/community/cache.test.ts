import { beforeEach, describe, expect, test } from "vitest";
import { CommunityCache } from "./cache.ts";
import { initialSettings } from "./initial-settings.ts";
import type { CommunitySettings } from "./schema.ts";

let time = 0;
let reads: { resolve: (settings: CommunitySettings) => void; reject: (error: Error) => void }[] = [];
let cache: CommunityCache;

beforeEach(() => {
  time = 1_000;
  reads = [];
  cache = new CommunityCache(() => time);
});

const of = (revision: number) => ({ ...initialSettings(), revision });
const read = () => new Promise<CommunitySettings>((resolve, reject) => reads.push({ resolve, reject }));
const get = async () => (await cache.get(read)).revision;

/** Makes the cache know a revision, by a read that starts now. */
async function know(revision: number): Promise<void> {
  const got = get();
  reads.at(-1)?.resolve(of(revision));
  expect(await got).toBe(revision);
}

describe("a read", () => {
  test("is fresh for less than five seconds", async () => {
    await know(1);
    time += 4_999;
    expect(await get()).toBe(1);
    expect(reads).toHaveLength(1);
    time += 1;
    await know(2);
    expect(reads).toHaveLength(2);
  });

  test("ages from the start of the read", async () => {
    const got = get();
    time += 5_000;
    reads[0]?.resolve(of(1));
    expect(await got).toBe(1);
    await know(2);
  });

  test("serves all concurrent callers", async () => {
    const got = [get(), get(), get()];
    expect(reads).toHaveLength(1);
    reads[0]?.resolve(of(1));
    expect(await Promise.all(got)).toEqual([1, 1, 1]);
  });

  test("does not undo a change that was made while it was running", async () => {
    const got = get();
    cache.put(of(2));
    reads[0]?.resolve(of(1));
    expect(await got).toBe(2);
    expect(await get()).toBe(2);
  });
});

test("a write by this process takes effect at once", async () => {
  await know(1);
  cache.put(of(2));
  expect(await get()).toBe(2);
  expect(reads).toHaveLength(1);
});

describe("if a read fails", () => {
  test("the last known settings are returned, and the next call reads again", async () => {
    await know(1);
    time += 60_000;
    const got = [get(), get()];
    reads[1]?.reject(new Error("out of reach"));
    expect(await Promise.all(got)).toEqual([1, 1]);
    await know(2);
  });

  test("and nothing is known, its caller gets the error, and waiting callers read themselves", async () => {
    const [first, second] = [get(), get()];
    reads[0]?.reject(new Error("out of reach"));
    await expect(first).rejects.toThrow("out of reach");
    expect(reads).toHaveLength(2);
    reads[1]?.resolve(of(1));
    expect(await second).toBe(1);
  });
});
