import { expect, test } from "vitest";
import { InvalidInput } from "../errors.ts";
import { day, hour, shift } from "../instant.ts";
import { cancelMeeting } from "../meetings/index.ts";
import { allPages, book, newMembers, postWindow, windowInput } from "../testing/index.ts";
import { deleteAvailability, listAvailabilities, setAvailability } from "./index.ts";

test("one's own windows in order of start and id, whatever became of them, and nobody else's", async () => {
  const [owner, other] = await newMembers(2);
  const { startTime } = windowInput();
  const [late, full, early, withdrawn] = [
    await postWindow(owner, { startTime: shift(startTime, day) }),
    await postWindow(owner),
    await postWindow(owner, { startTime: shift(startTime, -hour) }),
    await postWindow(owner, { startTime: shift(startTime, 3 * hour) }),
  ];
  await postWindow(other);
  await book(other, full, {});
  await cancelMeeting(owner, await book(other, withdrawn, {}));
  const { items, cursor } = await listAvailabilities(owner, { limit: 25 });
  expect(items.map(({ id, status }) => ({ id, status }))).toEqual([
    { id: early.id, status: "SCHEDULED" },
    { id: full.id, status: "BOOKED" },
    { id: withdrawn.id, status: "CANCELED" },
    { id: late.id, status: "SCHEDULED" },
  ]);
  expect(cursor).toBeUndefined();
});

test("nothing is nothing, without a cursor", async () => {
  const [owner] = await newMembers(1);
  expect(await listAvailabilities(owner, { limit: 1 })).toEqual({ items: [] });
});

test("in pages of any size every window comes once, and a cursor exactly when there is more", async () => {
  const [owner] = await newMembers(1);
  const { startTime } = windowInput();
  // Five starts, three windows each: ties are broken by id, across pages too.
  const posted = await Promise.all(
    Array.from({ length: 15 }, (_, index) =>
      postWindow(owner, { startTime: shift(startTime, (index % 5) * hour) }),
    ),
  );
  const inOrder = posted
    .map((window) => `${window.startTime} ${window.id}`)
    .toSorted((a, b) => (a < b ? -1 : 1));
  for (const limit of [1, 2, 5, 7, 14, 15, 16, 100]) {
    const pages = await allPages((cursor) => listAvailabilities(owner, { limit, ...cursor }));
    expect(pages.flat().map((window) => `${window.startTime} ${window.id}`)).toEqual(inOrder);
    expect(pages.map((page) => page.length)).toEqual(
      Array.from({ length: Math.ceil(15 / limit) }, (_, at) => Math.min(limit, 15 - at * limit)),
    );
  }
});

test("a cursor holds when the window it stands on is deleted or moved", async () => {
  const [owner] = await newMembers(1);
  const { startTime } = windowInput();
  const windows = [];
  for (const at of [0, 1, 2, 3]) {
    windows.push(await postWindow(owner, { startTime: shift(startTime, at * hour) }));
  }
  const [first, second, third, fourth] = windows.map(({ id }) => id);
  const one = await listAvailabilities(owner, { limit: 2 });
  expect(one.items.map(({ id }) => id)).toEqual([first, second]);
  await deleteAvailability(owner, { id: second ?? "" });
  const then = await listAvailabilities(owner, { limit: 2, cursor: one.cursor });
  expect(then.items.map(({ id }) => id)).toEqual([third, fourth]);
  await setAvailability(owner, windowInput({ id: third, startTime: shift(startTime, day) }));
  expect(
    (await listAvailabilities(owner, { limit: 25, cursor: one.cursor })).items.map(({ id }) => id),
  ).toEqual([fourth, third]);
});

test("a cursor of another, of another list, or of nothing is refused", async () => {
  const [owner, other] = await newMembers(2);
  await Promise.all([postWindow(owner), postWindow(owner)]);
  const { cursor } = await listAvailabilities(owner, { limit: 1 });
  expect(cursor).toBeDefined();
  await expect(listAvailabilities(other, { limit: 1, cursor })).rejects.toThrow(InvalidInput);
  for (const wrong of ["", "x", `${cursor}A`]) {
    await expect(listAvailabilities(owner, { limit: 1, cursor: wrong })).rejects.toThrow(InvalidInput);
  }
});
