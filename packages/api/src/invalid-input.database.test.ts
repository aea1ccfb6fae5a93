import { after, newMember, newMembers, postAvailability } from "@kumite/core/testing";
import { describe, expect, test } from "vitest";
import type { CallRecord } from "./server.ts";
import { availabilityOf, key, type Member, over } from "./testing/callers.ts";

const hour = 3_600_000;
const day = 24 * hour;

describe("invalid input", () => {
  async function fieldErrors(path: string, input: unknown, member?: Member): Promise<unknown> {
    const records: CallRecord[] = [];
    const { status, error } = await over(member ?? (await newMember()), path, input, records);
    expect(status).toBe(400);
    expect(error?.data).toMatchObject({ code: "BAD_REQUEST" });
    expect(error?.data).not.toHaveProperty("reason");
    expect(records).toMatchObject([{ outcome: "BAD_REQUEST", reason: undefined }]);
    return error?.data["fieldErrors"];
  }
  const said = [expect.any(String)];

  test("has a message for each wrong or unknown field", async () => {
    const wrong = { startTime: "tomorrow", endTime: 5, types: [], cohorts: ["x".repeat(41)], color: "red" };
    expect(await fieldErrors("availability.set", wrong)).toEqual({
      startTime: said,
      endTime: said,
      types: said,
      cohorts: said,
      color: ["Unknown field"],
    });
  });

  test("has a message for types and cohorts that the community does not have", async () => {
    const member = await newMember();
    const wrong = availabilityOf(member, { types: ["chess"], cohorts: ["Pink"] });
    expect(await fieldErrors("availability.set", wrong, member)).toEqual({ types: said, cohorts: said });
    expect(await fieldErrors("user.set", { cohort: "Pink" }, member)).toEqual({ cohort: said });
  });

  test("has a message for fields that do not fit together", async () => {
    const member = await newMember();
    const wrong = availabilityOf(member, { endTime: after(member, day - hour) });
    expect(await fieldErrors("availability.set", wrong, member)).toEqual({ endTime: said });
    const keyed = availabilityOf(member, { id: "a", idempotencyKey: "5f0c7f4e-4b8e-4d3c-9a57-0f8f8f3f7f10" });
    expect(await fieldErrors("availability.set", keyed, member)).toEqual({ idempotencyKey: said });
    const tooFar = availabilityOf(member, {
      startTime: after(member, 400 * day),
      endTime: after(member, 400 * day + hour),
    });
    expect(await fieldErrors("availability.set", tooFar, member)).toEqual({ startTime: said });
    const backwards = { from: after(member, day), to: after(member, 0) };
    for (const path of ["availability.search", "calendar.get", "meeting.list"]) {
      expect(await fieldErrors(path, backwards, member)).toEqual({ to: said });
    }
  });

  test("has a message for each missing choice", async () => {
    const [owner, member] = await newMembers(2);
    const long = { endTime: after(owner, day + 3 * hour), types: ["kata" as const, "lesson" as const] };
    const availability = await postAvailability(owner, long);
    expect(await fieldErrors("availability.book", key(availability), member)).toEqual({
      startTime: said,
      type: said,
    });
  });

  test.each([null, 5, "text", [], true])("of the value %j has one message", async (input) => {
    expect(await fieldErrors("availability.book", input)).toEqual({ input: said });
  });

  test("includes values that are not valid ids", async () => {
    for (const id of ["\ud800", "", "x".repeat(129), { $ne: 1 }, ["a"]]) {
      expect(await fieldErrors("meeting.get", { id })).toEqual({ id: said });
    }
  });
});
