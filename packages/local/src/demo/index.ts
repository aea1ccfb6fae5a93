import type { AppRouter, RouterOutputs } from "@kumite/api";
import { createTRPCClient, httpLink, TRPCClientError } from "@trpc/client";
import { Temporal } from "temporal-polyfill";
import { openJsonFile, writeJson } from "../json-file.ts";
import type { Outputs } from "../outputs.ts";
import { addToGroup, signIn } from "../sign-in.ts";
import { type DemoPlan, demoAdmin, type PlannedAvailability, type PlannedMember, planDemo } from "./plan.ts";

type Demo = Outputs["demo"];
/** The addresses of a running stack. */
type StackAddresses = Omit<Outputs, "admin" | "demo">;
type Client = ReturnType<typeof createClient>;
type Availability = RouterOutputs["availability"]["get"];

/** A demo member who has signed in. */
interface Actor {
  readonly client: Client;
  readonly isNew: boolean;
}

/** How much was added. */
export interface DemoAdditions {
  readonly members: number;
  readonly availabilities: number;
  readonly meetings: number;
}

const password = "Kumite-demo-1";
const atOnce = 8;

/** Returns the demo members to sign in as; none before the demo data is loaded. */
export async function readDemo(markerFile: string | undefined): Promise<Demo> {
  return (await openJsonFile<Demo>(markerFile, () => ({ password, emails: [] }))).value;
}

/** Loads the demo data unless `markerFile` says that it is loaded. Returns the demo members to sign in as. */
export async function ensureDemo(
  outputs: StackAddresses,
  markerFile: string | undefined,
  signal?: AbortSignal,
): Promise<Demo> {
  const existing = await readDemo(markerFile);
  return existing.emails.length > 0 ? existing : (await loadDemo(outputs, markerFile, signal)).demo;
}

/**
 * Makes a demo member an admin, one who is not among those to sign in as. Returns undefined if they have deleted their
 * account.
 */
export async function ensureAdmin(outputs: StackAddresses): Promise<Outputs["admin"]> {
  return (await addToGroup(outputs, demoAdmin, "admins")) ? { email: demoAdmin } : undefined;
}

/**
 * Loads today's demo data into a running stack as members would: they sign up and use the API. Existing data stays as
 * it is, so loading again adds only what is new since.
 *
 * @param markerFile is written at the end.
 */
export async function loadDemo(
  outputs: StackAddresses,
  markerFile: string | undefined,
  signal?: AbortSignal,
): Promise<{ demo: Demo; added: DemoAdditions }> {
  const community = await createClient(outputs.api).community.get.query();
  const plan = planDemo(Temporal.Now.plainDateISO("UTC"), community);
  const actors = await enterMembers(plan, outputs, signal);
  const posted = await postAvailabilities(plan, actors, signal);
  const meetings = await bookSeats(plan, actors, posted, signal);

  const emails = plan.members.filter((member) => member.isShown).map((member) => member.email);
  const demo = { password, emails };
  if (markerFile !== undefined) await writeJson(markerFile, demo);
  const members = [...actors.values()].filter(({ isNew }) => isNew).length;
  return { demo, added: { members, availabilities: posted.size, meetings } };
}

async function enterMembers({ members }: DemoPlan, outputs: StackAddresses, signal: AbortSignal | undefined) {
  const actors = new Map<PlannedMember, Actor>();
  await forEach(members, signal, async (member) => {
    const { email, name, cohort, timezone, bio } = member;
    const client = createClient(outputs.api, await signIn(outputs, { email, name, password }));
    // Only profiles that were never set: people may have edited the others.
    const isNew = (await client.user.get.query({})).cohort === null;
    actors.set(member, { client, isNew });
    if (isNew) {
      await client.user.set.mutate({ displayName: name, cohort, timezone, bio });
      // These codes are used, so the mailbox need not show them.
      await fetch(`${outputs.mailbox}/?to=${encodeURIComponent(email)}`, { method: "DELETE" });
    }
  });
  return actors;
}

/** Posts the planned availabilities that do not exist yet. */
async function postAvailabilities(
  { members, availabilities }: DemoPlan,
  actors: ReadonlyMap<PlannedMember, Actor>,
  signal: AbortSignal | undefined,
): Promise<Map<PlannedAvailability, Availability>> {
  const posted = new Map<PlannedAvailability, Availability>();
  await forEach(members, signal, async (owner) => {
    const { client, isNew } = actorOf(owner, actors);
    const own = availabilities.filter((availability) => availability.owner === owner);
    const [first, last] = [own[0], own.at(-1)];
    if (!first || !last) return;
    const span = { from: first.startTime, to: last.endTime };
    const existing = isNew ? [] : (await client.calendar.get.query(span)).availabilities;
    const taken = new Set(existing.map(({ startTime }) => startTime));
    for (const availability of own.filter(({ startTime }) => !taken.has(startTime))) {
      const { owner: _, types, cohorts, ...rest } = availability;
      const input = { ...rest, types: [...types], cohorts: [...cohorts] };
      posted.set(availability, await client.availability.set.mutate(input));
    }
  });
  return posted;
}

/** Books the seats of newly posted availabilities, and returns how many. */
async function bookSeats(
  { bookings }: DemoPlan,
  actors: ReadonlyMap<PlannedMember, Actor>,
  posted: ReadonlyMap<PlannedAvailability, Availability>,
  signal: AbortSignal | undefined,
): Promise<number> {
  let count = 0;
  await forEach([...posted], signal, async ([availability, { owner, id }]) => {
    for (const { participant, startTime, type } of bookings.filter(
      (booking) => booking.availability === availability,
    )) {
      const { client } = actorOf(participant, actors);
      const choice = availability.maxParticipants === 1 ? { startTime, type } : { type };
      try {
        await client.availability.book.mutate({ owner, id, ...choice });
        count++;
      } catch (error) {
        // Someone has used the demo since, and the plan no longer fits.
        if (!(error instanceof TRPCClientError && error.data?.reason)) throw error;
      }
    }
  });
  return count;
}

function actorOf(member: PlannedMember, actors: ReadonlyMap<PlannedMember, Actor>): Actor {
  const actor = actors.get(member);
  if (!actor) throw new Error(`${member.name} has not signed in.`);
  return actor;
}

function createClient(url: string, accessToken?: string) {
  const headers = accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` };
  return createTRPCClient<AppRouter>({ links: [httpLink({ url, headers })] });
}

/** Does the work for all items, a few at a time. Begins no more once aborted. */
async function forEach<T>(
  items: readonly T[],
  signal: AbortSignal | undefined,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) {
      signal?.throwIfAborted();
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
