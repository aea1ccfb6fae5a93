/** Changes of names in a whole stack: the owner has hundreds of availabilities in eight cohorts. */

import { type Stack, startStack } from "@kumite/local";
import { afterAll, beforeAll, expect, test } from "vitest";
import { availability, type Json, join, type Member } from "./client.ts";

/** A member may have at most 500. */
const availabilities = 480;
const cohorts = ["White", "Yellow", "Orange", "Green", "Blue", "Purple", "Brown", "Black"];
const convergedWithin = 60_000;

let stack: Stack;
let calls: { procedure: string; requests: number }[] = [];
let owner: Member;
let member: Member;

beforeAll(async () => {
  stack = await startStack({
    web: false,
    demo: false,
    onOutput: (_, text) => {
      for (const [, procedure = "", requests] of text.matchAll(
        /"procedure":"([\w.]+)".*?"requests":(\d+)/g,
      )) {
        calls.push({ procedure, requests: Number(requests) });
      }
    },
  });
  [owner, member] = await Promise.all([join(stack.outputs, "Green"), join(stack.outputs, "Green")]);
  const starts = Array.from({ length: availabilities }, (_, at) => Date.now() + (24 + at) * 3_600_000);
  for (let at = 0; at < availabilities; at += 8) {
    const posted = starts.slice(at, at + 8).map((start) => {
      const [startTime, endTime] = [new Date(start), new Date(start + 3_600_000)];
      return owner.mutate(
        "availability.set",
        availability({ startTime, endTime, cohorts, maxParticipants: 2 }),
      );
    });
    for (const { status } of await Promise.all(posted)) expect(status).toBe(200);
  }
}, 300_000);
afterAll(() => stack.stop());

/** Every availability of the owner. */
async function availabilitiesOfOwner(): Promise<Json[]> {
  const items: Json[] = [];
  let cursor: string | undefined;
  do {
    const { data } = await owner.query("availability.list", { limit: 100, ...(cursor && { cursor }) });
    items.push(...data.items);
    cursor = data.cursor;
  } while (cursor !== undefined);
  return items;
}

async function shownNames(): Promise<string[]> {
  const shown = (await availabilitiesOfOwner()).map(
    ({ ownerDisplayName, ownerCohort }) => `${ownerDisplayName}, ${ownerCohort}`,
  );
  return [...new Set(shown)];
}

/** Milliseconds until all availabilities show the profile's name and cohort. */
async function untilConverged(): Promise<number> {
  const began = performance.now();
  const { displayName, cohort } = (await owner.query("user.get", {})).data;
  await expect
    .poll(shownNames, { timeout: convergedWithin, interval: 500 })
    .toEqual([`${displayName}, ${cohort}`]);
  return performance.now() - began;
}

test("a change of name and cohort takes a few requests, and all availabilities follow", async () => {
  expect(await availabilitiesOfOwner()).toHaveLength(availabilities);
  calls = [];
  const began = performance.now();
  expect((await owner.mutate("user.set", { displayName: "Ann", cohort: "Black" })).status).toBe(200);
  const called = performance.now() - began;
  const followed = await untilConverged();
  const [{ requests = Number.NaN } = {}] = calls.filter(({ procedure }) => procedure === "user.set");
  expect(requests).toBeLessThanOrEqual(10);
  process.stdout.write(
    `user.set: ${Math.round(called)} ms, ${requests} requests; ${availabilities} open times followed within ${Math.round(followed)} ms\n`,
  );
});

test("five changes at the same time succeed, and all availabilities show the last name", async () => {
  const names = ["Bea", "Cal", "Dan", "Eve", "Fay"];
  const set = names.map((displayName, at) =>
    owner.mutate("user.set", { displayName, cohort: cohorts[at] ?? "Green" }),
  );
  for (const { status } of await Promise.all(set)) expect(status).toBe(200);
  const followed = await untilConverged();
  process.stdout.write(
    `five at once: ${availabilities} open times followed within ${Math.round(followed)} ms\n`,
  );
  await stack.settled();
  expect(await shownNames()).toHaveLength(1);
});

test("a meeting booked at the same time shows the last names, even if the functions are killed", async () => {
  const [first] = await availabilitiesOfOwner();
  const meeting = member.mutate("availability.book", {
    owner: owner.username,
    id: first.id,
    type: "sparring",
  });
  const renames = [
    owner.mutate("user.set", { displayName: "Gil", cohort: "White" }),
    member.mutate("user.set", { displayName: "Guest" }),
  ];
  const { data: booked } = await meeting;
  await Promise.all(renames);
  for (const pid of stack.functionPids()) process.kill(pid, "SIGKILL");
  const isUp = async () => (await owner.query("user.get", {}).catch(() => ({ status: 0 }))).status;
  await expect.poll(isUp, { timeout: 30_000 }).toBe(200);
  await untilConverged();
  await stack.settled();
  const { data } = await member.query("meeting.get", { id: booked.id });
  expect(data).toMatchObject({ ownerDisplayName: "Gil", participantDisplayName: "Guest" });
  expect(stack.deadLetters()).toEqual([]);
});
