import { expect, test } from "vitest";
import { adminActor, memberActor } from "../context/actor.ts";
import { AccountClosed, Refusal } from "../errors.ts";
import { asUser } from "./repository.ts";
import { checkIsMember, ownProfile, publicProfile } from "./rules.ts";

const shown = {
  username: "anna",
  displayName: "Anna",
  cohort: "White",
  timezone: "Asia/Kathmandu",
  bio: "Two\nlines",
  discordUsername: "anna",
};
const own = {
  email: "anna@example.com",
  notifications: { email: true },
  defaultLink: "https://meet.example/anna",
  createdAt: "2027-03-20T23:59:59.999Z",
  updatedAt: "2027-03-21T09:00:00.000Z",
};
const user = asUser({ ...shown, ...own, revision: 3, blocked: ["ben"], blockedBy: 1, stripeId: "secret" });

test("others see the public fields, and since when a member has been here", () => {
  expect(publicProfile(user)).toEqual({ ...shown, memberSince: "2027-03-20" });
});

test("the own profile has all profile fields, and no internal ones", () => {
  const whole = { ...shown, ...own, memberSince: "2027-03-20" };
  expect(ownProfile(user, memberActor("anna"))).toEqual({ ...whole, isAdmin: false });
  expect(ownProfile(user, adminActor("anna"))).toEqual({ ...whole, isAdmin: true });
});

test("accepts only a user who has a record and has not left", () => {
  expect(() => checkIsMember(user)).not.toThrow();
  expect(() => checkIsMember(undefined)).toThrow(Refusal);
  expect(() => checkIsMember(undefined)).toThrow(expect.objectContaining({ reason: "NOT_FOUND" }));
  expect(() => checkIsMember({ ...user, deletedAt: own.updatedAt })).toThrow(AccountClosed);
});
