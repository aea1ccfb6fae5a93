import { expect, test, vi } from "vitest";
import type { Api } from "#trpc/api.ts";
import { searchPage } from "./search.ts";

const input = { from: "2026-11-24T00:00:00.000Z", to: "2026-12-24T00:00:00.000Z" };
const open = { startTime: "2026-11-25T18:00:00.000Z", endTime: "2026-11-25T20:00:00.000Z" };
const meeting = { startTime: "2026-11-25T18:30:00.000Z", endTime: "2026-11-25T19:30:00.000Z" };

/** An API that finds `items`, with a calendar. */
function apiWith(items: object[], calendar: () => Promise<object>) {
  const search = vi.fn(async () => ({ items, cursor: "next" }));
  const get = vi.fn(calendar);
  const client = { availability: { search: { query: search } }, calendar: { get: { query: get } } };
  return { api: { client } as unknown as Api, search, get };
}

test("a page says when the member is busy around what was found", async () => {
  const { api, search, get } = apiWith([open], async () => ({
    meetings: [{ ...meeting, status: "SCHEDULED" }],
  }));
  expect(await searchPage(api, input, "cursor")).toEqual({ items: [open], cursor: "next", busy: [meeting] });
  expect(search).toHaveBeenCalledWith({ ...input, cursor: "cursor" });
  expect(get).toHaveBeenCalledWith({ from: open.startTime, to: open.endTime });
});

test("around nothing the calendar is not asked", async () => {
  const { api, get } = apiWith([], () => Promise.reject(new Error("not asked")));
  expect(await searchPage(api, input, undefined)).toMatchObject({ items: [], busy: [] });
  expect(get).not.toHaveBeenCalled();
});

test("a calendar that does not answer leaves what was found, and says why", async () => {
  const error = new Error("out of reach");
  const { api } = apiWith([open], () => Promise.reject(error));
  expect(await searchPage(api, input, undefined)).toMatchObject({ items: [open], busyError: error });
});

test("a search that does not answer fails", async () => {
  const { api, search } = apiWith([], async () => ({ meetings: [] }));
  const error = new Error("out of reach");
  search.mockRejectedValue(error);
  await expect(searchPage(api, input, undefined)).rejects.toBe(error);
});
