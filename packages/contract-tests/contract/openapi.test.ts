/**
 * Uses the API as a program that knows only `/api/openapi.json`: calls follow the document, and answers must match it.
 */

import { type Stack, startStack } from "@kumite/local";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { availability, inMinutes, type Json, join, type Member } from "./client.ts";

let stack: Stack;
let document: Json;
let ajv: Ajv2020;
let host: Member;
let guest: Member;

beforeAll(async () => {
  stack = await startStack({ web: false, demo: false });
  document = await (await describeApi()).json();
  ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema({ $id: "api", ...closed(document) });
  [host, guest] = await Promise.all([join(stack.outputs), join(stack.outputs)]);
});
afterAll(() => stack.stop());

function describeApi(init?: RequestInit): Promise<Response> {
  return fetch(`${stack.outputs.web}/api/openapi.json`, init);
}

/** The document with closed objects, so that fields which it does not name fail. */
function closed(node: Json): Json {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== "object" || node === null) return node;
  const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, closed(value)]));
  // A part of an `allOf` has no type: it names only some fields.
  return copy["type"] === "object" && copy["properties"] && !("additionalProperties" in copy)
    ? { ...copy, additionalProperties: false }
    : copy;
}

const pointer = (key: string) => key.replaceAll("~", "~0").replaceAll("/", "~1");

/** Calls a procedure as the document says, and checks the answer against its schema. */
async function call(procedure: string, input?: Json, caller?: Member): Promise<Json> {
  const path = `/api/trpc/${procedure}`;
  const [method = "", operation] = Object.entries(document.paths[path] as Json)[0] as [string, Json];
  const isQuery = operation.parameters !== undefined && input !== undefined;
  const query = isQuery ? `?${new URLSearchParams({ input: JSON.stringify(input) })}` : "";
  const response = await fetch(`${stack.outputs.web}${path}${query}`, {
    method,
    headers: {
      ...(caller && { authorization: `Bearer ${caller.accessToken}` }),
      ...(operation.requestBody && { "content-type": "application/json" }),
    },
    ...(operation.requestBody && input !== undefined && { body: JSON.stringify(input) }),
  });
  const answer = (await response.json()) as Json;
  const status = String(response.status) in operation.responses ? String(response.status) : "default";
  const at = operation.responses[status].$ref ?? `#/paths/${pointer(path)}/${method}/responses/${status}`;
  const validate = ajv.compile({ $ref: `api${at}/content/application~1json/schema` });
  validate(answer);
  expect(validate.errors, `${procedure}: ${response.status} ${JSON.stringify(answer)}`).toBeNull();
  return answer.result?.data ?? answer.error.data;
}

describe("the document", () => {
  test("is public and can be cached", async () => {
    const response = await describeApi({ headers: { authorization: "Bearer nobody", cookie: "a=b" } });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(response.headers.get("cache-control")).toMatch(/^public, max-age=\d+$/);
    const etag = response.headers.get("etag") ?? "";
    expect((await describeApi({ headers: { "if-none-match": etag } })).status).toBe(304);
  });

  test("is read-only", async () => {
    const response = await describeApi({ method: "POST", body: "{}" });
    expect(response.status).toBe(405);
    expect(await response.json()).toMatchObject({ error: { data: { code: "METHOD_NOT_SUPPORTED" } } });
  });
});

describe("the document matches", () => {
  test("the answers about availabilities and meetings", async () => {
    const { owner, id } = await call(
      "availability.set",
      availability({ link: "https://meet.example/1" }),
      host,
    );
    const span = { from: inMinutes(0), to: inMinutes(48 * 60) };
    await call("availability.get", { owner, id }, guest);
    await call("availability.list", undefined, host);
    expect((await call("availability.search", span, guest)).items).not.toHaveLength(0);
    const meeting = await call("availability.book", { owner, id, startTime: inMinutes(24 * 60) }, guest);
    await call("meeting.get", { id: meeting.id }, host);
    await call("meeting.list", { limit: 1 }, guest);
    await call("calendar.get", span, host);
    await call("meeting.cancel", { id: meeting.id, reason: "A cold" }, guest);
    await call("availability.withdraw", { id }, host);
    await call("availability.delete", { id }, host);
  });

  test("the answers about profiles and accounts", async () => {
    await call("community.get");
    expect(await call("user.get", undefined, host)).toHaveProperty("email");
    expect(await call("user.get", { username: host.username }, guest)).not.toHaveProperty("email");
    const { displayName } = await call("user.set", { bio: "New here" }, guest);
    await call("user.block", { username: host.username }, guest);
    await call("user.listBlocked", undefined, guest);
    await call("user.unblock", { username: host.username }, guest);
    await call("user.refreshEmail", undefined, guest);
    await call("user.export", {}, host);
    const leaving = await join(stack.outputs);
    const { displayName: name } = await call("user.get", undefined, leaving);
    expect(await call("user.delete", { displayName: name }, leaving)).toHaveProperty("deletedAt");
    expect(displayName).toBeTruthy();
  });

  test("the answers of refused calls", async () => {
    const { owner, id } = await call(
      "availability.set",
      availability({ startTime: inMinutes(72 * 60), endTime: inMinutes(73 * 60) }),
      host,
    );
    expect(await call("availability.book", { owner, id }, host)).toMatchObject({
      reason: "OWN_AVAILABILITY",
    });
    const booking = { owner, id, type: "kata" };
    expect(await call("availability.book", booking, guest)).toMatchObject({ reason: "TYPE_NOT_OFFERED" });
    expect(await call("meeting.get", { id: "none" }, guest)).toMatchObject({ reason: "NOT_FOUND" });
    expect(await call("meeting.cancel", {}, guest)).toMatchObject({ fieldErrors: { id: expect.any(Array) } });
    expect(await call("user.get")).toMatchObject({ code: "UNAUTHORIZED" });
    expect(await call("calendar.get", undefined, guest)).toMatchObject({ code: "BAD_REQUEST" });
  });
});
