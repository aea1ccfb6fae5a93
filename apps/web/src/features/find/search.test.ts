import { expect, test, vi } from "vitest";
import type { Api } from "#trpc/api.ts";
import { searchPage } from "./search.ts";

const input = { from: "2026-11-24T00:00:00.000Z", to: "2026-12-24T00:00:00.000Z" };
const open = { startTime: "2026-11-25T18:00:00.000Z", endTime: "2026-11-25T20:00:00.000Z" };
const meeting = { startTime: "2026-11-25T18:30:00.000Z", endTime: "2026-11-25T19:30:00.000Z" };

/** An API whose search returns `items`, with a calendar. */
function apiWith(items: object[], calendar: () => Promise<object>) {
  const search = vi.fn(async () => ({ items, cursor: "next" }));
  const get = vi.fn(calendar);
  const client = { availability: { search: { query: search } }, calendar: { get: { query: get } } };
  return { api: { client } as unknown as Api, search, get };
}

test("a page contains the member's busy times around what was found", async () => {
  const { api, search, get } = apiWith([open], async () => ({
    meetings: [{ ...meeting, status: "SCHEDULED" }],
  }));
  expect(await searchPage(api, input, "cursor")).toEqual({ items: [open], cursor: "next", busy: [meeting] });
  expect(search).toHaveBeenCalledWith({ ...input, cursor: "cursor" });
  expect(get).toHaveBeenCalledWith({ from: open.startTime, to: open.endTime });
});

test("does not read the calendar if nothing was found", async () => {
  const { api, get } = apiWith([], () => Promise.reject(new Error("not asked")));
  expect(await searchPage(api, input, undefined)).toMatchObject({ items: [], busy: [] });
  expect(get).not.toHaveBeenCalled();
});

test("if the calendar fails, a page has what was found, and the error", async () => {
  const error = new Error("out of reach");
  const { api } = apiWith([open], () => Promise.reject(error));
  expect(await searchPage(api, input, undefined)).toMatchObject({ items: [open], busyError: error });
});

test("if the search fails, the page fails", async () => {
  const { api, search } = apiWith([], async () => ({ meetings: [] }));
  const error = new Error("out of reach");
  search.mockRejectedValue(error);
  await expect(searchPage(api, input, undefined)).rejects.toBe(error);
});
