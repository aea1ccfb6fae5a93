import { readFile } from "node:fs/promises";
import { kathmandu } from "./clocks.ts";
import { expect, outputs, test } from "./fixtures.ts";
import { newMember, openAs, post } from "./members.ts";

/** Returns the properties of an iCalendar file and of its only event, by name. */
function parse(text: string): Map<string, string> {
  // RFC 5545: lines end with CRLF, and a line that begins with a space continues the one before.
  const lines = text.replaceAll("\r\n ", "").split("\r\n");
  expect(lines.filter((line) => line === "BEGIN:VEVENT")).toHaveLength(1);
  expect(lines.every((line) => !line.includes("\n"))).toBe(true);
  return new Map(
    lines.map((line) => [line.slice(0, line.search(/[;:]/)), line.slice(line.indexOf(":") + 1)] as const),
  );
}

const inUtc = (instant: string) => instant.replaceAll(/[-:]|\.000/g, "");

test("downloads a meeting as an iCalendar file with its times in UTC", async ({ openBrowser }) => {
  const [owner, member] = [await newMember("Ünïque"), await newMember("Diary")];
  const { owner: username, id, startTime } = await post(owner, 19, { location: "Hall 2; left, at the back" });
  const meeting = await member.api.availability.book.mutate({ owner: username, id, startTime });
  const context = await openBrowser(kathmandu);
  const page = await openAs(member, context, `/meetings/${meeting.id}`);
  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "Add to my calendar" }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe("meeting.ics");
  const event = parse(await readFile(await download.path(), "utf8"));
  expect(Object.fromEntries(event)).toMatchObject({
    VERSION: "2.0",
    DTSTART: inUtc(meeting.startTime),
    DTEND: inUtc(meeting.endTime),
    SUMMARY: `Sparring with ${owner.name}`,
    LOCATION: "Hall 2\\; left\\, at the back",
    STATUS: "CONFIRMED",
    URL: `${outputs().web}/meetings/${meeting.id}`,
  });
  expect(event.get("UID")).toContain(meeting.id);

  // Downloaded again after a cancelation, it is the same event, canceled.
  await owner.api.meeting.cancel.mutate({ id: meeting.id });
  const canceled = parse(await (await page.request.get(`/meetings/${meeting.id}/meeting.ics`)).text());
  expect(canceled.get("UID")).toBe(event.get("UID"));
  expect(canceled.get("STATUS")).toBe("CANCELLED");
  expect(Number(canceled.get("SEQUENCE"))).toBeGreaterThan(Number(event.get("SEQUENCE")));
});

test("only its two people get a meeting's file and page", async ({ openBrowser, complaints }) => {
  const [owner, member, anonymous] = [
    await newMember("Mine"),
    await newMember("Yours"),
    await newMember("Nosy"),
  ];
  const { owner: username, id, startTime } = await post(owner, 20);
  const meeting = await member.api.availability.book.mutate({ owner: username, id, startTime });
  const file = `/meetings/${meeting.id}/meeting.ics`;

  const context = await openBrowser(kathmandu);
  const signedOut = await context.request.get(file, { maxRedirects: 0 });
  expect(signedOut.headers()["location"]).toContain("/sign-in");

  const page = await openAs(anonymous, context, `/meetings/${meeting.id}`);
  await expect(page.getByText("This is a meeting of others")).toBeVisible();
  await expect(page.locator("body")).not.toContainText(owner.name);
  complaints.expect(/status of 403 .*meeting\.get/);
  const answer = await page.request.get(file);
  expect(answer.status()).toBe(404);
  expect(await answer.text()).not.toContain("VEVENT");
});
