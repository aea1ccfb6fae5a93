import { community as file } from "@kumite/core/community";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { type PlannedMember, planDemo } from "./plan.ts";

const today = Temporal.PlainDate.from("2026-11-22");
const community = { cohorts: [...file.cohorts], types: [...file.types] };
const plan = planDemo(today, community);

const localTime = (instant: string, member: PlannedMember) =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(member.timezone);

describe("the demo community", () => {
  test("has about forty members of all cohorts in many time zones", () => {
    expect(plan.members.length).toBeGreaterThanOrEqual(40);
    expect(new Set(plan.members.map(({ cohort }) => cohort))).toEqual(new Set(community.cohorts));
    const zones = new Set(plan.members.map(({ timezone }) => timezone));
    expect(zones.size).toBeGreaterThanOrEqual(8);
    expect([...zones]).toEqual(expect.arrayContaining(["Asia/Kathmandu", "America/St_Johns", "UTC"]));
    expect(new Set(plan.members.map(({ email }) => email)).size).toBe(plan.members.length);
    for (const { email } of plan.members) expect(email).toMatch(/^[a-z.-]+@example\.com$/);
  });

  test("offers availabilities at reasonable hours for their owners, in the next three weeks", () => {
    const from = Date.parse("2026-11-23T00:00:00Z");
    const to = Date.parse("2026-12-15T00:00:00Z");
    for (const { owner, startTime, endTime } of plan.availabilities) {
      expect(localTime(startTime, owner).hour).toBeGreaterThanOrEqual(7);
      expect(localTime(startTime, owner).hour).toBeLessThan(20);
      expect(Date.parse(startTime)).toBeGreaterThan(from);
      expect(Date.parse(endTime)).toBeLessThan(to);
    }
  });

  test("keeps the local hour when clocks change", () => {
    // Summer time ends on 2026-11-01 in the United States, and a week earlier in Europe.
    const { availabilities } = planDemo(Temporal.PlainDate.from("2026-10-20"), community);
    for (const { owner, startTime } of availabilities) {
      expect([7, 9, 10, 11, 12, 14, 15, 16, 17, 18, 19]).toContain(localTime(startTime, owner).hour);
    }
  });

  test("has one-to-one and group availabilities, free and booked ones", () => {
    const groups = plan.availabilities.filter(({ maxParticipants }) => maxParticipants > 1);
    const booked = new Set(plan.bookings.map(({ availability }) => availability));
    expect(groups.length).toBeGreaterThan(20);
    expect(plan.availabilities.length - groups.length).toBeGreaterThan(50);
    expect(booked.size).toBeGreaterThan(30);
    expect(plan.availabilities.length - booked.size).toBeGreaterThan(80);
  });

  test("books only what its rules allow", () => {
    const meetings = new Map<PlannedMember, { key: unknown; start: number; end: number }[]>();
    for (const { availability, participant, startTime } of plan.bookings) {
      const { owner, cohorts, durationMinutes, endTime } = availability;
      expect(participant).not.toBe(owner);
      expect(cohorts).toContain(participant.cohort);
      const start = Date.parse(startTime);
      const end = start + durationMinutes * 60_000;
      expect(start).toBeGreaterThanOrEqual(Date.parse(availability.startTime));
      expect(end).toBeLessThanOrEqual(Date.parse(endTime));
      for (const member of [owner, participant]) {
        const others = (meetings.get(member) ?? []).filter(
          ({ key }) => key !== availability || member !== owner,
        );
        for (const other of others) expect(other.start < end && start < other.end).toBe(false);
        meetings.set(member, [...(meetings.get(member) ?? []), { key: availability, start, end }]);
      }
    }
  });

  test("is the same for the same day, and continues from one day to the next", () => {
    expect(planDemo(today, community)).toEqual(plan);
    const starts = (day: Temporal.PlainDate) =>
      planDemo(day, community).availabilities.map(({ owner, startTime }) => `${owner.email} ${startTime}`);
    const later = starts(today.add({ days: 1 }));
    const shared = starts(today).filter((key) => later.includes(key));
    expect(shared.length).toBeGreaterThan(plan.availabilities.length * 0.9);
  });

  test("fills the calendars of the members to sign in as, on any day", () => {
    for (let day = 0; day < 100; day++) {
      const { members, availabilities, bookings } = planDemo(today.add({ days: day }), community);
      for (const member of members.filter(({ isShown }) => isShown)) {
        expect(availabilities.some(({ owner }) => owner === member)).toBe(true);
        expect(bookings.some(({ availability }) => availability.owner === member)).toBe(true);
        expect(bookings.some(({ participant }) => participant === member)).toBe(true);
      }
    }
  });
});
