import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { actionsOf, newAddress, start, startTestPool } from "./pool.ts";

const { cognito } = await startTestPool();

test("accepts calls from other origins", async () => {
  const response = await fetch(cognito.endpoint, {
    method: "OPTIONS",
    headers: { "access-control-request-headers": "content-type,x-amz-target,x-amz-user-agent" },
  });
  expect(response.status).toBe(204);
  expect(response.headers.get("access-control-allow-origin")).toBe("*");
  expect(response.headers.get("access-control-allow-headers")).toContain("x-amz-target");
});

test.each([
  ["nothing", undefined, ""],
  ["invalid JSON", "AWSCognitoIdentityProviderService.SignUp", "{"],
  ["an unknown operation", "AWSCognitoIdentityProviderService.Nonsense", "{}"],
  ["a property of every JavaScript object", "AWSCognitoIdentityProviderService.constructor", "{}"],
])("refuses %s and goes on", async (_, target, body) => {
  const headers = { ...(target && { "x-amz-target": target }) };
  const response = await fetch(cognito.endpoint, { method: "POST", headers, body });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ __type: expect.any(String), message: expect.any(String) });
});

test("users, sessions and codes survive a restart", async () => {
  const directory = await mkdtemp(path.join(tmpdir(), "kumite-cognito-"));
  const file = path.join(directory, "cognito.json");
  const first = await start({ file });
  const before = actionsOf(first);
  const [member, waiting] = [await before.newMember(), newAddress()];
  await before.signUp(waiting);
  const { RefreshToken } = await before.signIn(member);
  before.client.destroy();
  await first.stop();

  const second = await start({ file });
  const after = actionsOf(second);
  try {
    expect(second).toMatchObject({ userPoolId: first.userPoolId, clientId: first.clientId });
    await expect(after.refresh(RefreshToken)).resolves.toBeDefined();
    await after.confirm(waiting);
    await expect(after.signIn(waiting)).resolves.toBeDefined();
  } finally {
    after.client.destroy();
    await second.stop();
    await rm(directory, { recursive: true });
  }
});
