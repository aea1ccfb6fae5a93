/** Names, blocks, export, the e-mail address, and the end of an account. */
import {
  AdminDeleteUserCommand,
  CognitoIdentityProviderClient,
  DeleteUserCommand,
  InitiateAuthCommand,
  UpdateUserAttributesCommand,
  VerifyUserAttributeCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { type Stack, startStack } from "@kumite/local";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { availability, type Client, inMinutes, type Json, join, type Member } from "./client.ts";

const hour = 60;
const day = 24 * hour;

let stack: Stack;
let cognito: CognitoIdentityProviderClient;

beforeAll(async () => {
  stack = await startStack({ web: false, demo: false });
  const { cognitoEndpoint: endpoint, region } = stack.outputs;
  cognito = new CognitoIdentityProviderClient({
    endpoint,
    region,
    credentials: { accessKeyId: "any", secretAccessKey: "any" },
  });
});
afterAll(async () => {
  cognito.destroy();
  await stack.stop();
});

const members = <Count extends 1 | 2 | 3>(count: Count) =>
  Promise.all(Array.from({ length: count }, () => join(stack.outputs))) as Promise<[Member, Member, Member]>;

// Each test has its own days.
let lastDay = 1;
function ownDay(): (minutes: number) => string {
  lastDay += 3;
  const start = lastDay * day;
  return (minutes) => inMinutes(start + minutes);
}

async function succeed(answer: Promise<{ data: Json; error: Json }>): Promise<Json> {
  const { data, error } = await answer;
  expect(error).toBeUndefined();
  return data;
}
const post = (by: Client, given: Record<string, unknown>) =>
  succeed(by.mutate("availability.set", availability(given)));
const book = (by: Client, { owner, id }: Json) => by.mutate("availability.book", { owner, id });
const nameOf = async (by: Client) => (await succeed(by.query("user.get"))).displayName as string;
const soon = { timeout: 60_000, interval: 200 };

test("invisible characters are removed from names, and names that imitate others are refused", async () => {
  const [me] = await members(1);
  for (const name of ["An\u200bna", "\u202eAnna\u2066", "\u200eAnna", "An\u{e0061}na", "A\u2060nna\ufe0f"]) {
    expect((await succeed(me.mutate("user.set", { displayName: name }))).displayName).toBe("Anna");
  }
  for (const displayName of ["\u200b\u2060", "\u{e0041}", "Аnna", "Annα", "Dr. Pаul", "Иваnов"]) {
    const { error } = await me.mutate("user.set", { displayName });
    expect(error, displayName).toMatchObject({
      code: "BAD_REQUEST",
      fieldErrors: { displayName: [expect.any(String)] },
    });
  }
  for (const displayName of ["Анна", "Αννα", "山田 タロウ", "Anna Иванова"]) {
    expect((await succeed(me.mutate("user.set", { displayName }))).displayName).toBe(displayName);
  }
});

test("after a block, neither member finds, reads or books the other's availabilities", async () => {
  const [host, guest, third] = await members(3);
  const at = ownDay();
  const hosts = await post(host, { startTime: at(0), endTime: at(hour) });
  const booked = await post(host, { startTime: at(2 * hour), endTime: at(3 * hour) });
  const guests = await post(guest, { startTime: at(4 * hour), endTime: at(5 * hour) });
  const meeting = await succeed(book(guest, booked));
  const { blocked } = await succeed(host.mutate("user.block", { username: guest.username }));
  expect(blocked).toMatchObject([
    { username: guest.username, memberSince: expect.stringMatching(/^\d{4}-/) },
  ]);
  expect(await succeed(host.query("user.listBlocked"))).toEqual({ blocked });

  const found = async (by: Client) =>
    (await succeed(by.query("availability.search", { from: at(0), to: at(9 * hour) }))).items.map(
      ({ id }: Json) => id,
    );
  expect([await found(host), await found(guest)]).toEqual([[], []]);
  expect(await found(third)).toEqual([hosts.id, guests.id]);
  for (const [by, { owner, id }] of [
    [guest, hosts],
    [guest, booked],
    [host, guests],
  ] as const) {
    expect((await by.query("availability.get", { owner, id })).error).toMatchObject({ reason: "NOT_FOUND" });
    expect((await book(by, { owner, id })).error).toMatchObject({ reason: "NOT_FOUND" });
  }
  expect(await succeed(guest.query("meeting.get", { id: meeting.id }))).toEqual(meeting);
  expect(await succeed(host.mutate("user.unblock", { username: guest.username }))).toEqual({ blocked: [] });
  expect(await found(guest)).toEqual([hosts.id]);
});

test("an export has all stored data about the caller", async () => {
  const [me, other] = await members(2);
  const at = ownDay();
  const own = await post(me, { startTime: at(0), endTime: at(hour) });
  const meeting = await succeed(book(other, own));
  const exported = await succeed(me.query("user.export"));
  expect(exported).toMatchObject({
    profile: await succeed(me.query("user.get")),
    availabilities: [{ id: own.id }],
    meetings: [{ id: meeting.id }],
    blocked: [],
  });
  expect(exported).not.toHaveProperty("cursor");
});

test("the e-mail address changes only with the code sent to the new one, and then user.get shows it", async () => {
  const [me] = await members(1);
  const before = (await succeed(me.query("user.get"))).email as string;
  const email = `new-${before}`;
  const { accessToken: AccessToken } = me;
  await cognito.send(
    new UpdateUserAttributesCommand({ AccessToken, UserAttributes: [{ Name: "email", Value: email }] }),
  );
  expect((await succeed(me.mutate("user.refreshEmail", {}))).email).toBe(before);
  const mails = (await (
    await fetch(`${stack.outputs.mailbox}/?to=${encodeURIComponent(email)}`)
  ).json()) as Json[];
  const Code = mails.at(-1)?.code;
  await cognito.send(new VerifyUserAttributeCommand({ AccessToken, AttributeName: "email", Code }));
  await vi.waitFor(async () => expect((await succeed(me.query("user.get"))).email).toBe(email), soon);
});

describe("the end of an account", () => {
  const ways = {
    "user.delete": async (me: Member) => {
      const displayName = await nameOf(me);
      const wrong = await me.mutate("user.delete", { displayName: `${displayName}x` });
      expect(wrong.error).toMatchObject({
        code: "BAD_REQUEST",
        fieldErrors: { displayName: [expect.any(String)] },
      });
      await succeed(me.mutate("user.delete", { displayName }));
      // At once, after the answer.
      expect((await me.query("user.get")).error).toMatchObject({ code: "UNAUTHORIZED" });
    },
    DeleteUser: async ({ accessToken: AccessToken }: Member) => {
      await cognito.send(new DeleteUserCommand({ AccessToken }));
    },
    AdminDeleteUser: async ({ username: Username }: Member) => {
      await cognito.send(new AdminDeleteUserCommand({ UserPoolId: stack.outputs.userPoolId, Username }));
    },
  };

  test.each(Object.entries(ways))(
    "by %s: meetings are canceled, availabilities are gone, the token is refused",
    async (way, leave) => {
      const [me, other, third] = await members(3);
      const at = ownDay();
      const { email } = await succeed(me.query("user.get"));
      const group = await post(me, { startTime: at(0), endTime: at(hour), maxParticipants: 3 });
      const seats = [await succeed(book(other, group)), await succeed(book(third, group))];
      const theirs = await post(other, { startTime: at(3 * hour), endTime: at(4 * hour) });
      const mine = await succeed(book(me, theirs));
      await leave(me);

      await vi.waitFor(async () => {
        for (const [by, meeting, name] of [
          [other, seats[0], "ownerDisplayName"],
          [third, seats[1], "ownerDisplayName"],
          [other, mine, "participantDisplayName"],
        ] as const) {
          expect(await succeed(by.query("meeting.get", { id: meeting.id }))).toMatchObject({
            status: "CANCELED",
            [name]: "Former member",
            cancelReason: "This member has left.",
          });
        }
      }, soon);
      for (const [path, input] of [
        ["user.get", undefined],
        ["user.export", undefined],
        ["availability.list", undefined],
        ["availability.search", { from: at(0), to: at(hour) }],
        ["availability.get", { owner: theirs.owner, id: theirs.id }],
        ["meeting.list", undefined],
        ["meeting.get", { id: mine.id }],
        ["calendar.get", { from: at(0), to: at(hour) }],
      ] as const) {
        expect((await me.query(path, input)).error, path).toMatchObject({ code: "UNAUTHORIZED" });
      }
      for (const [path, input] of [
        ["user.set", { bio: "Again" }],
        ["availability.set", availability({ startTime: at(6 * hour), endTime: at(7 * hour) })],
        ["availability.book", { owner: theirs.owner, id: theirs.id }],
        ["availability.delete", { id: group.id }],
        ["meeting.cancel", { id: mine.id }],
        ["user.delete", { displayName: "Former member" }],
      ] as const) {
        expect((await me.mutate(path, input)).error, path).toMatchObject({ code: "UNAUTHORIZED" });
      }
      const { owner, id } = group;
      expect((await other.query("user.get", { username: me.username })).error).toMatchObject({
        reason: "NOT_FOUND",
      });
      expect((await other.query("availability.get", { owner, id })).error).toMatchObject({
        reason: "NOT_FOUND",
      });
      expect((await book(other, group)).error).toMatchObject({ reason: "NOT_FOUND" });
      // The deleted member's seat is free.
      expect((await succeed(book(third, theirs))).status).toBe("SCHEDULED");
      const signIn = new InitiateAuthCommand({
        ClientId: stack.outputs.userPoolClientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: email, PASSWORD: "whatever it was" },
      });
      await expect(cognito.send(signIn), way).rejects.toMatchObject({ name: "NotAuthorizedException" });
    },
  );
});
