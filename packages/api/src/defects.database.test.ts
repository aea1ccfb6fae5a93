import { answer, dropped, errorAnswer, newMember, wiredDatabase } from "@kumite/core/testing";
import { describe, expect, test } from "vitest";
import type { CallRecord } from "./server.ts";
import { type Member, over } from "./testing/callers.ts";

/** DynamoDB's answer to a read of users. Each user has these attributes. */
function foundUsers(input: string, attributes: object) {
  const { RequestItems }: { RequestItems: Record<string, { Keys: object[] }> } = JSON.parse(input);
  const found = Object.entries(RequestItems).map(([table, { Keys }]) => [
    table,
    Keys.map((key) => ({ ...key, ...attributes })),
  ]);
  return answer({ Responses: Object.fromEntries(found) });
}

describe("an internal failure", () => {
  async function defect(database: Member["database"]) {
    const member = await newMember();
    const records: CallRecord[] = [];
    const { status, error, text } = await over({ ...member, database }, "user.get", undefined, records);
    expect(status).toBe(500);
    expect(error).toEqual({
      message: "Something went wrong.",
      code: expect.any(Number),
      data: { code: "INTERNAL_SERVER_ERROR", httpStatus: 500, path: "user.get", requestId: "a-request" },
    });
    return { text, record: records[0] };
  }

  test("shows only a request id, and is recorded with its cause", async () => {
    const database = wiredDatabase(async () =>
      errorAnswer("AccessDeniedException", { message: "secret-role" }),
    );
    const { text, record } = await defect(database);
    expect(text).not.toContain("secret-role");
    expect(record).toMatchObject({
      procedure: "user.get",
      outcome: "INTERNAL_SERVER_ERROR",
      requestId: "a-request",
      error: { name: "AccessDeniedException", message: "secret-role" },
    });
  });

  test("also results from output that does not fit its schema", async () => {
    const database = wiredDatabase(async (_, __, input) =>
      foundUsers(input, { displayName: { S: "secret-name" }, bio: { N: "5" }, createdAt: { S: "" } }),
    );
    const { text, record } = await defect(database);
    expect(text).not.toMatch(/secret-name|bio|zod/i);
    expect(record?.error).toBeDefined();
  });

  test("a field that the schema does not have is left out", async () => {
    const member = await newMember();
    const database = wiredDatabase(async (_, __, input) => {
      const texts = { displayName: "A", cohort: "White", timezone: "UTC", bio: "", discordUsername: "" };
      const more = { email: "a@example.com", createdAt: "", updatedAt: "", stripeId: "secret-id" };
      return foundUsers(input, {
        ...Object.fromEntries(Object.entries({ ...texts, ...more }).map(([name, S]) => [name, { S }])),
        notifications: { M: { email: { BOOL: true } } },
        calendarVersion: { N: "1" },
      });
    });
    for (const input of [{}, { username: "another" }]) {
      const { status, text } = await over({ ...member, database }, "user.get", input);
      expect(status).toBe(200);
      expect(text).not.toMatch(/secret-id|stripeId|calendarVersion/);
      expect(text.includes("a@example.com")).toBe(!("username" in input));
    }
  });

  test("a database that is out of reach is SERVICE_UNAVAILABLE, and not recorded as a defect", async () => {
    const member = await newMember();
    const records: CallRecord[] = [];
    const database = wiredDatabase(() => Promise.reject(dropped()));
    const { status, error, text } = await over({ ...member, database }, "user.get", undefined, records);
    expect(status).toBe(503);
    expect(error?.data).toMatchObject({ code: "SERVICE_UNAVAILABLE", requestId: "a-request" });
    expect(text).not.toContain("socket hang up");
    expect(records[0]).toMatchObject({ outcome: "SERVICE_UNAVAILABLE" });
    expect(records[0]).not.toHaveProperty("error");
  });
});
