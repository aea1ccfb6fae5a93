/** What members write comes back as they wrote it, as data and nothing else; what would change the text around it is refused. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Stack, startStack } from "../../src/index.ts";
import { inMinutes, type Json, join, type Member, window } from "../contract/client.ts";

let stack: Stack;
let owner: Member;
let guest: Member;
beforeAll(async () => {
  stack = await startStack({ web: false, demo: false });
  [owner, guest] = await Promise.all([join(stack.outputs), join(stack.outputs)]);
});
afterAll(() => stack.stop());

const texts = [
  "<script>alert(document.cookie)</script>",
  '"><img src=x onerror=alert(1)>',
  "javascript:alert(1)",
  "data:text/html,<svg onload=alert(1)>",
  '=HYPERLINK("http://evil.example","x")',
  "@SUM(1+1)*cmd|' /C calc'!A0",
  "+1-1",
  `\${7*7}{{7*7}}<%= 7*7 %>`,
  "';--\\",
  "&lt;b&gt; %3Cb%3E \\u003cb\\u003e",
];

let hour = 24;

test.each(texts)("%s", async (text) => {
  const displayName = text.slice(0, 80);
  const profile = { displayName, bio: text, discordUsername: displayName };
  expect((await owner.mutate("user.set", profile)).data).toMatchObject(profile);
  expect((await guest.query("user.get", { username: owner.username })).data).toMatchObject(profile);

  const place = { location: text, description: `${text}\n${text}` };
  hour += 2;
  const span = { startTime: inMinutes(hour * 60), endTime: inMinutes(hour * 60 + 60) };
  const { data: made } = await owner.mutate("availability.set", window({ ...span, ...place }));
  expect(made).toMatchObject({ ...place, ownerDisplayName: displayName });
  const asked = { from: span.startTime, to: span.endTime };
  const found = (await guest.query("availability.search", asked)).data.items;
  expect(found.find(({ id }: Json) => id === made.id)).toEqual(made);

  const { data: meeting } = await guest.mutate("availability.book", { owner: made.owner, id: made.id });
  expect(meeting).toMatchObject({ ...place, ownerDisplayName: displayName });
  const { data: canceled } = await owner.mutate("meeting.cancel", { id: meeting.id, reason: text });
  expect(canceled.cancelReason).toBe(text);
  expect((await guest.query("meeting.get", { id: meeting.id })).data).toEqual(canceled);
});

test("an answer is JSON and nothing else, and nobody keeps it", async () => {
  for (const path of ["user.get", "community.get", "nothing.here", `<script>alert(1)</script>`]) {
    const headers = { authorization: `Bearer ${owner.accessToken}` };
    const response = await fetch(`${stack.outputs.api}/${encodeURIComponent(path)}`, { headers });
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "application/json",
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
    });
    await response.text();
  }
});

test.each(["\0", "\u0007", "\u001b[2J", "\u007f", "\u0085", "\u202e", "\u2066", "\u2069", "\ud800"])(
  "%j is refused in every text",
  async (hidden) => {
    const text = `a${hidden}b`;
    for (const [path, input, field] of [
      ["user.set", { displayName: text }, "displayName"],
      ["user.set", { bio: text }, "bio"],
      ["user.set", { discordUsername: text }, "discordUsername"],
      ["availability.set", window({ location: text }), "location"],
      ["availability.set", window({ description: text }), "description"],
      ["meeting.cancel", { id: "none", reason: text }, "reason"],
    ] as const) {
      const { error } = await owner.mutate(path, input);
      expect(error, field).toMatchObject({
        code: "BAD_REQUEST",
        fieldErrors: { [field]: [expect.any(String)] },
      });
    }
  },
);
