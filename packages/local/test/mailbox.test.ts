import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Mailbox, startMailbox } from "../src/mailbox.ts";

let mailbox: Mailbox;
beforeAll(async () => {
  mailbox = await startMailbox();
  await mailbox.deliver({
    to: "ann@example.com",
    subject: "First",
    text: "Your code is 111111",
    code: "111111",
  });
  await mailbox.deliver({ to: "bob+tag@example.com", subject: "Second", text: "Hello" });
  await mailbox.deliver({
    to: "ann@example.com",
    subject: "<script>alert(1)</script>",
    text: 'a "quote" & more',
  });
});
afterAll(() => mailbox.stop());

const get = (query: string, headers: Record<string, string> = {}) =>
  fetch(`${mailbox.url}/${query}`, { headers });

test("returns the mails of an address as JSON, newest last", async () => {
  const response = await get(`?to=${encodeURIComponent("Ann@Example.com")}`);
  expect(response.headers.get("content-type")).toBe("application/json");
  const mails = (await response.json()) as object[];
  expect(mails).toMatchObject([
    { to: "ann@example.com", subject: "First", text: "Your code is 111111", code: "111111" },
    { to: "ann@example.com", subject: "<script>alert(1)</script>" },
  ]);
  expect(mails[1]).not.toHaveProperty("code");
});

test("returns no mails for an unknown address, and all without an address", async () => {
  expect(await (await get("?to=nobody@example.com")).json()).toEqual([]);
  expect(await (await get("")).json()).toHaveLength(3);
  expect(await (await get(`?to=${encodeURIComponent("bob+tag@example.com")}`)).json()).toHaveLength(1);
});

test("is a page in a browser, newest first, and escapes the mails' text", async () => {
  const response = await get("?to=ann@example.com", { accept: "text/html,application/xhtml+xml,*/*;q=0.8" });
  expect(response.headers.get("content-type")).toContain("text/html");
  const page = await response.text();
  expect(page).toContain("111111");
  expect(page).not.toContain("<script>alert");
  expect(page).not.toContain("bob+tag");
  expect(page.indexOf("a &#34;quote&#34; &#38; more")).toBeLessThan(page.indexOf("Your code is 111111"));
});

test("is closed to pages of other origins", async () => {
  const response = await get("", { origin: "http://localhost:3000" });
  expect(response.headers.has("access-control-allow-origin")).toBe(false);
});

test("refuses other paths and methods", async () => {
  expect((await get("favicon.ico")).status).toBe(404);
  expect((await fetch(mailbox.url, { method: "POST", body: "x" })).status).toBe(405);
});

test("deletes the mails of an address on request, and keeps the rest over a restart", async () => {
  const directory = await mkdtemp(path.join(tmpdir(), "kumite-mailbox-"));
  const file = path.join(directory, "mailbox.json");
  const first = await startMailbox({ file });
  await first.deliver({ to: "ann@example.com", subject: "Stays", text: "" });
  await first.deliver({ to: "bob@example.com", subject: "Goes", text: "" });
  expect((await fetch(`${first.url}/?to=bob@example.com`, { method: "DELETE" })).status).toBe(204);
  await first.stop();

  const second = await startMailbox({ file });
  expect(await (await fetch(second.url)).json()).toMatchObject([{ subject: "Stays" }]);
  await second.stop();
  await rm(directory, { recursive: true });
});
