import { describe, expect, test } from "vitest";
import { firstOverlap, labelStarts, meetingSpan, possibleStarts, takenTimes } from "./starts.ts";

const longAgo = "2020-01-01T00:00:00.000Z";

function availability(startTime: string, endTime: string, durationMinutes = 60, maxParticipants = 1) {
  return { startTime, endTime, durationMinutes, maxParticipants };
}

describe("possible starts", () => {
  test("are every quarter hour at which the meeting still fits", () => {
    expect(
      possibleStarts(availability("2026-11-24T18:00:00.000Z", "2026-11-24T19:30:00.000Z"), longAgo),
    ).toEqual(["2026-11-24T18:00:00.000Z", "2026-11-24T18:15:00.000Z", "2026-11-24T18:30:00.000Z"]);
  });

  test("an open time as long as its meeting leaves no choice", () => {
    expect(
      possibleStarts(availability("2026-11-24T18:00:00.000Z", "2026-11-24T19:00:00.000Z"), longAgo),
    ).toEqual(["2026-11-24T18:00:00.000Z"]);
  });

  test("a group has one start, however long the open time", () => {
    const group = availability("2026-11-24T18:00:00.000Z", "2026-11-24T21:00:00.000Z", 180, 8);
    expect(possibleStarts(group, longAgo)).toEqual([group.startTime]);
    expect(meetingSpan(group, group.startTime)).toEqual({
      startTime: group.startTime,
      endTime: group.endTime,
    });
  });

  test("off the quarters, the open time's own first and last start are offered too", () => {
    expect(
      possibleStarts(availability("2026-11-24T18:05:00.000Z", "2026-11-24T19:25:00.000Z"), longAgo),
    ).toEqual(["2026-11-24T18:05:00.000Z", "2026-11-24T18:15:00.000Z", "2026-11-24T18:25:00.000Z"]);
  });

  test("past starts are not offered; the last start is offered until it passes", () => {
    const running = availability("2026-11-24T18:00:00.000Z", "2026-11-24T19:20:00.000Z");
    expect(possibleStarts(running, "2026-11-24T18:15:00.000Z")).toEqual([
      "2026-11-24T18:15:00.000Z",
      "2026-11-24T18:20:00.000Z",
    ]);
    expect(possibleStarts(running, "2026-11-24T18:16:00.000Z")).toEqual(["2026-11-24T18:20:00.000Z"]);
    expect(possibleStarts(running, "2026-11-24T18:20:00.001Z")).toEqual([]);
  });

  test.each([
    ["Europe, forward", "2027-03-28T00:00:00.000Z"],
    ["Europe, back", "2027-10-31T00:00:00.000Z"],
    ["US, forward", "2027-03-14T06:00:00.000Z"],
    ["US, back", "2027-11-07T05:00:00.000Z"],
  ])("a clock change neither removes nor adds starts: %s", (_, startTime) => {
    const endTime = new Date(Date.parse(startTime) + 3 * 3_600_000).toISOString();
    const starts = possibleStarts(availability(startTime, endTime), longAgo);
    expect(starts).toHaveLength(9);
    expect(meetingSpan(availability(startTime, endTime), starts.at(-1) ?? "").endTime).toBe(endTime);
  });
});

describe("starts around taken times", () => {
  const at = (time: string) => `2026-11-24T${time}:00.000Z`;
  const span = (start: string, end: string) => ({ startTime: at(start), endTime: at(end) });
  const evening = availability(at("18:00"), at("21:00"));
  const offered = (more: object, now = longAgo) =>
    possibleStarts({ ...evening, ...more }, now).map((start) => start.slice(11, 16));

  test("do not overlap a booking or another meeting of the owner; back to back is fine", () => {
    expect(offered({ taken: [span("19:00", "20:00")] })).toEqual(["18:00", "20:00"]);
    expect(offered({ ownerBusy: [span("19:00", "20:00")] })).toEqual(["18:00", "20:00"]);
    expect(offered({ taken: [span("18:00", "19:00")], ownerBusy: [span("20:15", "23:00")] })).toEqual([
      "19:00",
      "19:15",
    ]);
  });

  test("past starts are not offered", () => {
    const more = { taken: [span("19:00", "20:00")] };
    expect(offered(more, at("18:01"))).toEqual(["20:00"]);
    expect(offered(more, at("20:01"))).toEqual([]);
  });

  test("a gap off the quarter hours is offered if a meeting fits", () => {
    const taken = [span("18:00", "18:50"), span("19:55", "21:00")];
    expect(offered({ taken })).toEqual(["18:50", "18:55"]);
    expect(offered({ taken }, at("18:52"))).toEqual(["18:55"]);
    expect(offered({ taken: [span("18:00", "18:50"), span("19:49", "21:00")] })).toEqual([]);
  });

  test("a group has no start if its owner has another meeting during it", () => {
    const group = { maxParticipants: 8, durationMinutes: 180 };
    expect(offered({ ...group, ownerBusy: [span("20:30", "21:30")] })).toEqual([]);
    expect(offered({ ...group, ownerBusy: [span("21:00", "22:00")] })).toEqual(["18:00"]);
  });

  test("taken times are in order, and joined if they touch", () => {
    const taken = [span("20:00", "21:00"), span("18:00", "19:00")];
    expect(takenTimes({ taken, ownerBusy: [span("18:30", "19:30"), span("18:15", "18:45")] })).toEqual([
      span("18:00", "19:30"),
      span("20:00", "21:00"),
    ]);
    expect(takenTimes({ taken: [...taken, span("19:00", "20:00")] })).toEqual([span("18:00", "21:00")]);
    expect(takenTimes({})).toEqual([]);
  });
});

test("back to back is no overlap", () => {
  const meeting = { startTime: "2026-11-24T18:00:00.000Z", endTime: "2026-11-24T19:00:00.000Z" };
  const after = { startTime: "2026-11-24T19:00:00.000Z", endTime: "2026-11-24T20:00:00.000Z" };
  const within = { startTime: "2026-11-24T18:59:00.000Z", endTime: "2026-11-24T19:30:00.000Z" };
  expect(firstOverlap(meeting, [after])).toBeUndefined();
  expect(firstOverlap(meeting, [after, within])).toBe(within);
});

describe("labels of starts", () => {
  test("are grouped by day", () => {
    const starts = possibleStarts(
      availability("2026-11-24T22:30:00.000Z", "2026-11-25T00:00:00.000Z"),
      longAgo,
    );
    expect(labelStarts(starts, "Europe/Berlin", "24h")).toEqual([
      {
        day: "2026-11-24",
        starts: [
          { start: "2026-11-24T22:30:00.000Z", label: "23:30" },
          { start: "2026-11-24T22:45:00.000Z", label: "23:45" },
        ],
      },
      { day: "2026-11-25", starts: [{ start: "2026-11-24T23:00:00.000Z", label: "00:00" }] },
    ]);
  });

  test.each([
    [
      "Europe/Berlin",
      "2027-10-31T00:30:00.000Z",
      ["02:30 CEST", "02:45 CEST", "02:00", "02:15", "02:30 CET", "02:45 CET"],
    ],
    [
      "America/New_York",
      "2027-11-07T05:30:00.000Z",
      ["01:30 EDT", "01:45 EDT", "01:00", "01:15", "01:30 EST", "01:45 EST"],
    ],
  ])("have the zone name in a repeated hour: %s", (zone, startTime, labels) => {
    const endTime = new Date(Date.parse(startTime) + 90 * 60_000).toISOString();
    const starts = possibleStarts(availability(startTime, endTime, 15), longAgo);
    expect(labelStarts(starts, zone, "24h").flatMap((day) => day.starts.map(({ label }) => label))).toEqual(
      labels,
    );
  });

  test("leave out the hour that clocks skip", () => {
    const starts = possibleStarts(
      availability("2027-03-28T00:30:00.000Z", "2027-03-28T02:00:00.000Z", 60),
      longAgo,
    );
    expect(
      labelStarts(starts, "Europe/Berlin", "24h").flatMap((day) => day.starts.map(({ label }) => label)),
    ).toEqual(["01:30", "01:45", "03:00"]);
  });
});
