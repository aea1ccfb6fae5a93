import { expect, test } from "vitest";
import { cancelMeeting } from "../booking/index.ts";
import { InvalidInput } from "../errors.ts";
import { day, hour, shift } from "../instant.ts";

import { allPages, availabilityInput, book, newMembers, postAvailability } from "../testing/index.ts";
import { deleteAvailability, listAvailabilities, setAvailability } from "./index.ts";

test("lists only the member's own availabilities, of any status, in order of start and id", async () => {
  const [owner, other] = await newMembers(2);
  const { startTime } = availabilityInput();
  const [late, full, early, withdrawn] = [
    await postAvailability(owner, { startTime: shift(startTime, day) }),
    await postAvailability(owner),
    await postAvailability(owner, { startTime: shift(startTime, -hour) }),
    await postAvailability(owner, { startTime: shift(startTime, 3 * hour) }),
  ];
  await postAvailability(other);
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

test("returns an empty list without a cursor if there are none", async () => {
  const [owner] = await newMembers(1);
  expect(await listAvailabilities(owner, { limit: 1 })).toEqual({ items: [] });
});

test("returns every availability once for any page size, and a cursor exactly if there is more", async () => {
  const [owner] = await newMembers(1);
  const { startTime } = availabilityInput();
  // Five starts with three availabilities each: ties are ordered by id, across pages too.
  const posted = await Promise.all(
    Array.from({ length: 15 }, (_, index) =>
      postAvailability(owner, { startTime: shift(startTime, (index % 5) * hour) }),
    ),
  );
  const inOrder = posted
    .map((availability) => `${availability.startTime} ${availability.id}`)
    .toSorted((a, b) => (a < b ? -1 : 1));
  for (const limit of [1, 2, 5, 7, 14, 15, 16, 100]) {
    const pages = await allPages((cursor) => listAvailabilities(owner, { limit, ...cursor }));
    expect(pages.flat().map((availability) => `${availability.startTime} ${availability.id}`)).toEqual(
      inOrder,
    );
    expect(pages.map((page) => page.length)).toEqual(
      Array.from({ length: Math.ceil(15 / limit) }, (_, at) => Math.min(limit, 15 - at * limit)),
    );
  }
});

test("a cursor stays valid if its availability is deleted or moved", async () => {
  const [owner] = await newMembers(1);
  const { startTime } = availabilityInput();
  const availabilities = [];
  for (const at of [0, 1, 2, 3]) {
    availabilities.push(await postAvailability(owner, { startTime: shift(startTime, at * hour) }));
  }
  const [first, second, third, fourth] = availabilities.map(({ id }) => id);
  const one = await listAvailabilities(owner, { limit: 2 });
  expect(one.items.map(({ id }) => id)).toEqual([first, second]);
  await deleteAvailability(owner, { id: second ?? "" });
  const then = await listAvailabilities(owner, { limit: 2, cursor: one.cursor });
  expect(then.items.map(({ id }) => id)).toEqual([third, fourth]);
  await setAvailability(owner, availabilityInput({ id: third, startTime: shift(startTime, day) }));
  expect(
    (await listAvailabilities(owner, { limit: 25, cursor: one.cursor })).items.map(({ id }) => id),
  ).toEqual([fourth, third]);
});

test("refuses an invalid cursor and the cursor of another member", async () => {
  const [owner, other] = await newMembers(2);
  await Promise.all([postAvailability(owner), postAvailability(owner)]);
  const { cursor } = await listAvailabilities(owner, { limit: 1 });
  expect(cursor).toBeDefined();
  await expect(listAvailabilities(other, { limit: 1, cursor })).rejects.toThrow(InvalidInput);
  for (const wrong of ["", "x", `${cursor}A`]) {
    await expect(listAvailabilities(owner, { limit: 1, cursor: wrong })).rejects.toThrow(InvalidInput);
  }
});
