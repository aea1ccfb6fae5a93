import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { AccountClosed } from "@kumite/core/errors";
import { linkTestDatabase, newMember } from "@kumite/core/testing";
import { getUser } from "@kumite/core/users";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import event from "./events/account-verify-user-attribute.json" with { type: "json" };

/** The users of the pool: attributes by username. */
const pool = new Map<string, Record<string, string>>();
let isDown = false;
const asked: unknown[] = [];
let handler: typeof import("./account-changed.ts").handler;

const server = createServer(async (request, response) => {
  const chunks = await request.toArray();
  const input = JSON.parse(Buffer.concat(chunks).toString());
  asked.push(input);
  const attributes = pool.get(input.Username);
  if (isDown) response.writeHead(500).end("{}");
  else if (!attributes) {
    response.writeHead(400).end(JSON.stringify({ __type: "UserNotFoundException", message: "No such user" }));
  } else {
    const UserAttributes = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
    response.end(JSON.stringify({ Username: input.Username, UserAttributes }));
  }
});

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  linkTestDatabase({ Auth: { userPoolId: "us-east-1_pool", clientId: "", issuer: "", jwksUri: "" } });
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  process.env["AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER"] = endpoint;
  ({ handler } = await import("./account-changed.ts"));
});
afterAll(() => server.close());
afterEach(() => {
  isDown = false;
  asked.length = 0;
});

/** Sends CloudTrail's event for a call; returns the outcome that the function logs. */
async function send(eventName: string, sub: string | undefined, detail: object = {}): Promise<unknown> {
  const output = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  try {
    const additionalEventData = sub === undefined ? {} : { sub };
    await handler({
      ...event,
      detail: { ...event.detail, eventName, additionalEventData, ...detail },
    } as never);
    const line = String(output.mock.calls.at(-1)?.[0]);
    if (sub) expect(line).not.toContain(sub);
    return JSON.parse(line).outcome;
  } finally {
    output.mockRestore();
  }
}

test("a new address is copied only once it is verified", async () => {
  const member = await newMember();
  const { email } = (await getUser(member, {})) as { email: string };
  pool.set(member.actor.username, { email: "new@example.com", email_verified: "false" });
  expect(await send("AdminUpdateUserAttributes", member.actor.username)).toBe("unchanged");
  expect(await getUser(member, {})).toMatchObject({ email });
  pool.set(member.actor.username, { email: "new@example.com", email_verified: "true" });
  expect(await send("VerifyUserAttribute", member.actor.username)).toBe("changed");
  expect(await send("VerifyUserAttribute", member.actor.username)).toBe("unchanged");
  expect(await getUser(member, {})).toMatchObject({ email: "new@example.com" });
  expect(asked.at(-1)).toEqual({ UserPoolId: "us-east-1_pool", Username: member.actor.username });
});

test.each(["DeleteUser", "AdminDeleteUser"])("%s ends the account once", async (eventName) => {
  const member = await newMember();
  expect(await send(eventName, member.actor.username)).toBe("deleted");
  await expect(getUser(member, {})).rejects.toThrow(AccountClosed);
  expect(await send(eventName, member.actor.username)).toBe("unknown");
});

test("the pool decides whether a user is deleted, not the event", async () => {
  const member = await newMember();
  pool.set(member.actor.username, { email: `${member.actor.username}@example.com`, email_verified: "true" });
  expect(await send("DeleteUser", member.actor.username)).toBe("unchanged");
  expect(await getUser(member, {})).toMatchObject({ username: member.actor.username });
});

test("if the pool is unreachable, the handler throws, so that the event is retried, and nothing is deleted", async () => {
  const member = await newMember();
  isDown = true;
  await expect(send("DeleteUser", member.actor.username)).rejects.toThrow();
  expect(await getUser(member, {})).toMatchObject({ username: member.actor.username });
});

test("events of failed calls, without a user, or of another pool change nothing", async () => {
  const member = await newMember();
  expect(await send("DeleteUser", member.actor.username, { errorCode: "NotAuthorizedException" })).toBe(
    "unknown",
  );
  expect(await send("DeleteUser", undefined)).toBe("unknown");
  expect(await send("DeleteUser", "a-user-of-another-pool")).toBe("unknown");
  expect(asked).toEqual([]);
});
