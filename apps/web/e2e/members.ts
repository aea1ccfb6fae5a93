import { randomUUID } from "node:crypto";
import type { AppRouter, RouterInputs, RouterOutputs } from "@kumite/api";
import { type Account, addToGroup, signIn, signUp } from "@kumite/local";
import type { BrowserContext, Page } from "@playwright/test";
import { createTRPCClient, httpLink } from "@trpc/client";
import { expect, outputs } from "./fixtures.ts";

export type { Account };

/** Somebody whom the system has not seen yet. */
export function newcomer(name: string): Account {
  return { name, email: `${randomUUID()}@example.com`, password: `Aa1!${randomUUID()}` };
}

/** How many mails an address has got. */
async function countMails(email: string): Promise<number> {
  return (await mailsTo(email)).length;
}

/** The code of the last mail to an address, once there are `count` mails. */
export async function mailedCode(email: string, count = 1): Promise<string> {
  await expect.poll(() => countMails(email)).toBe(count);
  return (await mailsTo(email)).at(-1)?.code ?? "";
}

async function mailsTo(email: string): Promise<{ code?: string }[]> {
  const response = await fetch(`${outputs().mailbox}/?to=${encodeURIComponent(email)}`);
  return (await response.json()) as { code?: string }[];
}

/** A member who is there already when the test begins: for what a test needs and is not about. */
export interface Member extends Account {
  readonly timezone: string;
  readonly username: string;
  readonly api: ReturnType<typeof connect>;
}

type Profile = RouterInputs["user"]["set"];

/** Makes a member; without a cohort of theirs in Green, by name in any way that nobody else has. */
export async function newMember(
  name: string,
  profile: Pick<Profile, "cohort" | "timezone"> = {},
): Promise<Member> {
  const { cohort = "Green", timezone = "Asia/Kathmandu" } = profile;
  const account = newcomer(`${name} ${randomUUID().slice(0, 8)}`);
  const api = connect(await signIn(outputs(), account));
  const { username } = await api.user.set.mutate({ cohort, timezone });
  return { ...account, timezone, username, api };
}

/** Makes a member an admin from the next sign-in on. */
export async function makeAdmin({ email }: Account): Promise<void> {
  await addToGroup(outputs(), email, "admins");
}

/** Makes an account whose owner has not been here yet: it has neither a cohort nor a time zone. */
export async function newAccount(name: string): Promise<Account> {
  const account = newcomer(name);
  await signUp(outputs(), account);
  return account;
}

function connect(accessToken: string) {
  const headers = { authorization: `Bearer ${accessToken}` };
  return createTRPCClient<AppRouter>({ links: [httpLink({ url: outputs().api, headers })] });
}

/** Types an e-mail address and a password into the form that is open, and sends it. */
export async function fillSignIn(page: Page, { email, password }: Account): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Opens a page of the app as a member, by way of the sign-in form. */
export async function openAs(member: Account, context: BrowserContext, path: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(path);
  await fillSignIn(page, member);
  // The calendar adds to its address.
  await page.waitForURL((url) => path.startsWith(url.pathname));
  return page;
}

/**
 * Posts an availability by the API: one to one, sparring, for Green, in some days at 20:00 UTC for two hours.
 * @param days how far off; tests choose their own, so that they find their own
 */
export async function post(
  owner: Member,
  days: number,
  input: Partial<RouterInputs["availability"]["set"]> = {},
): Promise<RouterOutputs["availability"]["set"]> {
  const start = new Date();
  start.setUTCDate(start.getUTCDate() + days);
  start.setUTCHours(20, 0, 0, 0);
  return owner.api.availability.set.mutate({
    startTime: start.toISOString(),
    endTime: new Date(start.getTime() + 2 * 3_600_000).toISOString(),
    types: ["sparring"],
    cohorts: ["Green"],
    ...input,
  });
}

/** A one-to-one availability of two hours at 20:00 UTC, booked from its start. */
export async function bookedAvailability(days: number, owner: Member) {
  const guest = await newMember("Guest");
  const availability = await post(owner, days);
  const { id, startTime } = availability;
  const meeting = await guest.api.availability.book.mutate({ owner: availability.owner, id, startTime });
  return { availability, guest, meeting };
}
