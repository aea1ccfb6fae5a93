import { randomUUID } from "node:crypto";
import type { AppRouter, RouterInputs, RouterOutputs } from "@kumite/api";
import { type Account, addToGroup, signIn, signUp } from "@kumite/local";
import type { BrowserContext, Page } from "@playwright/test";
import { createTRPCClient, httpLink } from "@trpc/client";
import { expect, outputs } from "./fixtures.ts";

export type { Account };

/** Makes up an account that does not exist yet. */
export function newcomer(name: string): Account {
  return { name, email: `${randomUUID()}@example.com`, password: `Aa1!${randomUUID()}` };
}

/** Returns how many mails an address has received. */
async function countMails(email: string): Promise<number> {
  return (await mailsTo(email)).length;
}

/** Waits for `count` mails to an address, and returns the code in the last one. */
export async function mailedCode(email: string, count = 1): Promise<string> {
  await expect.poll(() => countMails(email)).toBe(count);
  return (await mailsTo(email)).at(-1)?.code ?? "";
}

async function mailsTo(email: string): Promise<{ code?: string }[]> {
  const response = await fetch(`${outputs().mailbox}/?to=${encodeURIComponent(email)}`);
  return (await response.json()) as { code?: string }[];
}

/** A member whom a test needs, but whose sign-up it does not test. */
export interface Member extends Account {
  readonly timezone: string;
  readonly username: string;
  readonly api: ReturnType<typeof connect>;
}

type Profile = RouterInputs["user"]["set"];

/** Creates a member, in Green by default, with a unique name that starts with `name`. */
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

/** Makes a member an admin, from their next sign-in on. */
export async function makeAdmin({ email }: Account): Promise<void> {
  await addToGroup(outputs(), email, "admins");
}

/** Creates an account that was never used: it has no cohort and no time zone. */
export async function newAccount(name: string): Promise<Account> {
  const account = newcomer(name);
  await signUp(outputs(), account);
  return account;
}

function connect(accessToken: string) {
  const headers = { authorization: `Bearer ${accessToken}` };
  return createTRPCClient<AppRouter>({ links: [httpLink({ url: outputs().api, headers })] });
}

/** Fills in the sign-in form on the page, and submits it. */
export async function fillSignIn(page: Page, { email, password }: Account): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Opens a page of the app as a member, through the sign-in form. */
export async function openAs(member: Account, context: BrowserContext, path: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(path);
  await fillSignIn(page, member);
  // The calendar adds a query to its address.
  await page.waitForURL((url) => path.startsWith(url.pathname));
  return page;
}

/**
 * Posts an availability by the API: one to one, sparring, for Green, at 20:00 UTC, two hours long.
 * @param days how many days from today; each test has its own, so that it finds its own availabilities
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

/** Posts an availability as `post` does, and books its first start as a new member. */
export async function bookedAvailability(days: number, owner: Member) {
  const guest = await newMember("Guest");
  const availability = await post(owner, days);
  const { id, startTime } = availability;
  const meeting = await guest.api.availability.book.mutate({ owner: availability.owner, id, startTime });
  return { availability, guest, meeting };
}
