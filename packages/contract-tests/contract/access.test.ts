import { type Stack, startStack } from "@kumite/local";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { availability, Client, type Json, join, type Member } from "./client.ts";

let stack: Stack;
let member: Member;
let other: Member;

beforeAll(async () => {
  stack = await startStack({ web: false, demo: false });
  [member, other] = await Promise.all([join(stack.outputs), join(stack.outputs)]);
});
afterAll(() => stack.stop());

describe("the caller", () => {
  const asks = (authorization: string) => new Client(stack.outputs, { authorization }).query("user.get");

  test("is identified by the access token, with the scheme in any case", async () => {
    expect((await asks(`bearer ${member.accessToken}`)).data.username).toBe(member.username);
  });

  test("is not identified by a token of another pool and client", async () => {
    const elsewhere = await startStack({ web: false, demo: false });
    try {
      const { accessToken } = await join(elsewhere.outputs);
      expect((await asks(`Bearer ${accessToken}`)).error.code).toBe("UNAUTHORIZED");
    } finally {
      await elsewhere.stop();
    }
  });

  test("is not identified by an ID token, without a scheme, or with another scheme", async () => {
    for (const none of [`Bearer ${member.idToken}`, member.accessToken, `Basic ${member.accessToken}`]) {
      expect((await asks(none)).error.code).toBe("UNAUTHORIZED");
    }
  });

  test("is checked before the input", async () => {
    const anonymous = new Client(stack.outputs);
    const { error } = await anonymous.mutate("availability.set", { nonsense: true });
    expect(error).toMatchObject({ code: "UNAUTHORIZED" });
    expect(error).not.toHaveProperty("fieldErrors");
  });
});

describe("profiles", () => {
  const publicKeys = [
    "bio",
    "cohort",
    "discordUsername",
    "displayName",
    "memberSince",
    "timezone",
    "username",
  ];

  test("show other members no address, no notifications and no other private field", async () => {
    const { data } = await other.query("user.get", { username: member.username });
    expect(Object.keys(data).sort()).toEqual(publicKeys);
    const { data: own } = await member.query("user.get", { username: member.username });
    expect(own).toEqual((await member.query("user.get")).data);
    expect(own).toMatchObject({ email: expect.stringContaining("@"), notifications: expect.any(Object) });
  });

  test("change only in the fields that are set", async () => {
    const { data: before } = await member.query("user.get");
    const { data: after } = await member.mutate("user.set", { bio: "  Left-handed.\r\nSouthpaw. " });
    expect(after).toEqual({ ...before, bio: "Left-handed.\nSouthpaw.", updatedAt: after.updatedAt });
    expect((await member.query("user.get")).data).toEqual(after);
    expect((await member.mutate("user.set", { timezone: "UTC" })).data.timezone).toBe("UTC");
  });

  test("of newcomers have no cohort, and find and book nothing", async () => {
    const newcomer = await join(stack.outputs, null);
    expect((await newcomer.query("user.get")).data).toMatchObject({ cohort: null });
    const { data: made } = await member.mutate("availability.set", availability());
    const span = { from: made.startTime, to: made.endTime };
    expect((await newcomer.query("availability.search", span)).data).toEqual({ items: [] });
    const { error } = await newcomer.mutate("availability.book", { owner: made.owner, id: made.id });
    expect(error).toMatchObject({ code: "FORBIDDEN", reason: "COHORT_NOT_ALLOWED" });
  });

  test("of unknown users are not found", async () => {
    const { error } = await member.query("user.get", { username: "nobody" });
    expect(error).toMatchObject({ code: "NOT_FOUND", reason: "NOT_FOUND" });
  });

  test.each<[string, Json]>([
    ["displayName", " "],
    ["displayName", "x".repeat(81)],
    ["displayName", "\u200b\u2060"],
    // A Cyrillic letter among Latin ones.
    ["displayName", "\u0410nna"],
    ["cohort", "Ultraviolet"],
    ["timezone", "Mars/Olympus"],
    ["timezone", "+01:00"],
    ["bio", "x".repeat(2_001)],
    ["notifications", { email: "yes" }],
    ["notifications", { email: true, sms: true }],
    ["email", "me@example.com"],
    ["username", "somebody"],
  ])("refuse %s: %j, and do not change", async (field, value) => {
    const { data: before } = await member.query("user.get");
    const { status, error } = await member.mutate("user.set", { [field]: value });
    expect(status).toBe(400);
    expect(error).toMatchObject({ code: "BAD_REQUEST", fieldErrors: { [field]: [expect.any(String)] } });
    expect((await member.query("user.get")).data).toEqual(before);
  });
});

describe("over the wire", () => {
  const send = (path: string, init: RequestInit = {}) =>
    fetch(`${stack.outputs.api}/${path}`, {
      ...init,
      headers: { authorization: `Bearer ${member.accessToken}`, "content-type": "application/json" },
    });

  test.each<[string, string, RequestInit, number]>([
    ["an unknown procedure", "user.erase", { method: "POST", body: "{}" }, 404],
    ["a mutation by GET", "user.set?input=%7B%7D", {}, 405],
    ["a query by POST", "user.get", { method: "POST", body: "{}" }, 405],
    ["a body that is not JSON", "user.set", { method: "POST", body: "{" }, 400],
    ["a query that is not JSON", "user.get?input=%7B", {}, 400],
  ])("refuses %s as JSON, without a stack trace", async (_, path, init, status) => {
    const response = await send(path, init);
    expect(response.status).toBe(status);
    const { error } = (await response.json()) as Json;
    expect(error).toMatchObject({ message: expect.any(String), data: { code: expect.any(String) } });
    expect(JSON.stringify(error)).not.toMatch(/stack|\.ts\b|node_modules/);
  });

  test("answers each call of a batch separately, whether others are refused or not", async () => {
    const inputs = { 0: { bio: "In a batch" }, 1: { reason: "no id" }, 2: { displayName: "" } };
    const body = JSON.stringify(inputs);
    const response = await send("user.set,meeting.cancel,user.set?batch=1", { method: "POST", body });
    expect(response.status).toBe(207);
    const [first, second, third] = (await response.json()) as Json[];
    expect(first.result.data.bio).toBe("In a batch");
    expect(second.error.data).toMatchObject({ code: "BAD_REQUEST", fieldErrors: { id: expect.any(Array) } });
    expect(third.error.data.fieldErrors).toHaveProperty("displayName");
  });

  test("answers a refusal with the HTTP status of its code", async () => {
    const { status } = await member.query("meeting.get", { id: "none" });
    expect(status).toBe(404);
    expect((await new Client(stack.outputs).query("user.get")).status).toBe(401);
  });
});
