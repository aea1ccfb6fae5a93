import { memberActor } from "@kumite/core/context";
import { linkTestDatabase, testDatabase } from "@kumite/core/testing";
import { getUser } from "@kumite/core/users";
import type { PostConfirmationTriggerEvent } from "aws-lambda";
import { expect, test, vi } from "vitest";
import googleEvent from "./events/post-confirmation-google.json" with { type: "json" };

linkTestDatabase();
const { handler } = await import("./post-confirmation.ts");

test("a sign-up with Google creates a user like any other, only once", async () => {
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const event = googleEvent as PostConfirmationTriggerEvent;
  const { userName } = event;
  expect(await handler(event)).toBe(event);
  const ctx = { now: new Date(), database: testDatabase(), actor: memberActor(userName), cursorKey: "test" };
  const profile = await getUser(ctx, {});
  expect(profile).toMatchObject({
    username: "google_109876543210987654321",
    displayName: "Ann Lee",
    email: "ann@example.com",
    cohort: null,
    timezone: null,
  });

  const userAttributes = { ...event.request.userAttributes, name: "Somebody Else" };
  await handler({ ...event, request: { ...event.request, userAttributes } });
  expect(await getUser(ctx, {})).toEqual(profile);
});
