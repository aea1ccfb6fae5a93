import { expect, test } from "vitest";
import { toCalendarFile } from "./calendar-file.ts";

const meeting = {
  id: "0b5c",
  availabilityId: "7",
  owner: "ann",
  ownerDisplayName: "Ann",
  participant: "ben",
  participantDisplayName: "Ben",
  // Berlin's clocks go back in between; UTC does not change.
  startTime: "2027-10-31T00:30:00.000Z",
  endTime: "2027-10-31T01:30:00.000Z",
  type: "kata",
  location: "Hall 2; by the river, left",
  description: "Bring water\nand gloves",
  status: "SCHEDULED" as "SCHEDULED" | "CANCELED",
  createdAt: "2027-10-01T10:00:00.000Z",
  updatedAt: "2027-10-02T10:00:00.000Z",
};
const context = { summary: "Kata practice with Ben", url: "https://kumite.test/meetings/0b5c" };

/** Returns the file's lines, with folded ones joined. */
function lines(file: string): string[] {
  return file.replaceAll(/\r\n[ \t]/g, "").split("\r\n");
}

test("writes a meeting with its instants in UTC and its text escaped", () => {
  expect(lines(toCalendarFile(meeting, context))).toEqual(
    expect.arrayContaining([
      "METHOD:PUBLISH",
      "UID:0b5c@kumite",
      "SEQUENCE:0",
      "DTSTAMP:20271002T100000Z",
      "DTSTART:20271031T003000Z",
      "DTEND:20271031T013000Z",
      "SUMMARY:Kata practice with Ben",
      "LOCATION:Hall 2\\; by the river\\, left",
      "DESCRIPTION:Bring water\\nand gloves\\n\\nhttps://kumite.test/meetings/0b5c",
      "STATUS:CONFIRMED",
    ]),
  );
});

test("has the meeting link in the description, and the page as URL", () => {
  const withLink = { ...meeting, link: "https://meet.example/ann?x=1,2;y" };
  const file = lines(toCalendarFile(withLink, context));
  expect(file).toEqual(
    expect.arrayContaining([
      "DESCRIPTION:Bring water\\nand gloves\\n\\nJoin: https://meet.example/ann?x=1\\,2\\;y\\n\\nhttps://kumite.test/meetings/0b5c",
      "LOCATION:Hall 2\\; by the river\\, left",
    ]),
  );
  expect(file.filter((line) => line.startsWith("URL"))).toEqual([
    "URL;VALUE=URI:https://kumite.test/meetings/0b5c",
  ]);
});

test("a canceled meeting cancels the event that its file created", () => {
  expect(lines(toCalendarFile({ ...meeting, status: "CANCELED" }, context))).toEqual(
    expect.arrayContaining(["METHOD:CANCEL", "UID:0b5c@kumite", "SEQUENCE:1", "STATUS:CANCELLED"]),
  );
});

test("a member's text cannot add lines to the file", () => {
  const hostile = 'x\r\nBEGIN:VALARM\nATTACH:http://evil.example\rEND:VALARM\u2028\\;,:"';
  const file = toCalendarFile(
    { ...meeting, location: hostile, description: hostile },
    { ...context, summary: hostile },
  );
  const names = lines(file).map((line) => line.split(/[:;]/)[0]);
  expect(names.filter((name) => /VALARM|ATTACH/.test(name ?? ""))).toEqual([]);
  expect(names.filter((name) => name === "BEGIN")).toHaveLength(2);
});
