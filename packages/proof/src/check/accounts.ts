import { type Attempt, type Call, doneOf, type History, type Sent, sentTo } from "../history.ts";
import type { Tables } from "../tables.ts";
import type { Finding } from "./finding.ts";
import { type Interval, timeOf } from "./interval.ts";
import { findContradiction, type Operation } from "./linearize.ts";

/** What the calls show about members: their blocks, their names, and when they leave. */
export class Accounts {
  readonly #blocks: readonly Sent<"user.block">[];
  readonly #unblocks: readonly Sent<"user.unblock">[];
  readonly #leavings = new Map<string, Interval>();

  constructor(history: History) {
    this.#blocks = sentTo(history, "user.block").filter(wasPerhapsDone);
    this.#unblocks = sentTo(history, "user.unblock").filter(wasPerhapsDone);
    for (const { call, attempt } of sentTo(history, "user.delete").filter(wasPerhapsDone)) {
      const { start, end } = this.#leavings.get(call.member) ?? timeOf(attempt);
      const time = timeOf(attempt);
      this.#leavings.set(call.member, { start: Math.min(start, time.start), end: Math.min(end, time.end) });
    }
  }

  /**
   * When a member has left or may have left: without an answer, at any later time. Undefined if they did not ask for
   * it.
   */
  leaving(member: string): Interval | undefined {
    return this.#leavings.get(member);
  }

  mayHaveLeft(member: string, { end }: Interval): boolean {
    return (this.#leavings.get(member)?.start ?? Number.POSITIVE_INFINITY) <= end;
  }

  /** Whether one of two members may have blocked the other at some moment of an interval. */
  mayBeApart(one: string, other: string, time: Interval): boolean {
    return this.#mayBlock(one, other, time) || this.#mayBlock(other, one, time);
  }

  #mayBlock(blocker: string, blocked: string, time: Interval): boolean {
    const isOf = ({ call }: Sent<"user.block" | "user.unblock">) =>
      call.member === blocker && call.input.username === blocked;
    const ended = this.#unblocks.filter(isOf).map(({ attempt }) => timeOf(attempt));
    return this.#blocks
      .filter(isOf)
      .map(({ attempt }) => timeOf(attempt))
      .some(
        (block) =>
          block.start <= time.end && !ended.some(({ start, end }) => start >= block.end && end <= time.start),
      );
  }
}

function wasPerhapsDone({ attempt }: { attempt: Attempt }): boolean {
  return attempt.outcome.kind !== "refused";
}

/**
 * Checks that some order of blocks explains who saw whose availabilities, that each shown name was the member's, and
 * that members who left are gone.
 */
export function checkAccounts(history: History, accounts: Accounts, { meetings }: Tables): Finding {
  const blocks = blockOperations(history, accounts);
  const names = nameOperations(history);
  const violations = [...checkLeft(history, accounts), ...checkNames(history)];
  for (const { id, status, owner, participant } of meetings) {
    const who = [owner, participant].find((one) => Number.isFinite(accounts.leaving(one)?.end ?? Number.NaN));
    if (who && status === "SCHEDULED") violations.push(`meeting ${id} is left of ${who}, who has left`);
  }
  for (const [pair, operations] of blocks) {
    const initial: readonly string[] = [];
    const contradiction = findContradiction({ initial, key: (blockers) => blockers.join(" "), operations });
    if (contradiction !== undefined) violations.push(`between ${pair}: ${contradiction}`);
  }
  for (const [member, { initial, operations }] of names) {
    const contradiction = findContradiction({ initial, key: (name) => name, operations });
    if (contradiction !== undefined) violations.push(`the name of ${member}: ${contradiction}`);
  }
  const looks = [...blocks.values()].reduce((sum, operations) => sum + operations.length, 0);
  const left = history.members.filter(({ username }) => accounts.leaving(username)).length;
  const renamed = doneOf(sentTo(history, "user.set")).length;
  return {
    looked: `${blocks.size} pairs with ${looks} blocks and looks, ${renamed} new names, ${left} who left`,
    violations,
  };
}

function pairOf(one: string, other: string): string {
  return [one, other].sort().join(" and ");
}

/** For each pair of members with a block: the blocks, and each one's looks at the other's availabilities. */
function blockOperations(history: History, accounts: Accounts): Map<string, Operation<readonly string[]>[]> {
  const pairs = new Map<string, Operation<readonly string[]>[]>();
  const asked = [...sentTo(history, "user.block"), ...sentTo(history, "user.unblock")];
  for (const { call, attempt } of asked) {
    const { member, procedure, input } = call as Call & { input: { username: string } };
    if (attempt.outcome.kind === "refused") continue;
    const pair = pairOf(member, input.username);
    const operations = pairs.get(pair) ?? [];
    pairs.set(pair, operations);
    operations.push({
      ...timeOf(attempt),
      describe: () => `call ${call.id}: ${procedure} by ${member}`,
      apply: (blockers) => {
        const others = blockers.filter((blocker) => blocker !== member);
        return procedure === "user.block" ? [...others, member].sort() : others;
      },
      isOptional: attempt.outcome.kind === "unknown",
    });
  }
  const addLook = (call: Call, attempt: Attempt, owner: string) =>
    pairs.get(pairOf(call.member, owner))?.push({
      ...timeOf(attempt),
      describe: () =>
        `call ${call.id}: ${call.procedure} by ${call.member} reaches an availability of ${owner}`,
      holds: (blockers) => blockers.length === 0,
    });
  for (const { call, attempt } of sentTo(history, "availability.get")) {
    if (attempt.outcome.kind === "ok") addLook(call as Call, attempt, call.input.owner);
  }
  for (const { call, attempt } of sentTo(history, "availability.book")) {
    const { outcome } = attempt;
    const isReached =
      outcome.kind === "ok" || (outcome.kind === "refused" && !hidden.has(outcome.reason ?? outcome.code));
    if (isReached) addLook(call as Call, attempt, call.input.owner);
  }
  for (const { call, attempt, data } of doneOf(sentTo(history, "availability.search"))) {
    for (const owner of new Set(data.items.map((availability) => availability.owner)))
      addLook(call as Call, attempt, owner);
  }
  for (const { call, attempt, data } of doneOf(asked as Sent<"user.block">[])) {
    const listed = new Set(data.blocked.map(({ username }) => username));
    for (const { username } of history.members) {
      // A member who has left is on no list of blocked members.
      if (!listed.has(username) && accounts.mayHaveLeft(username, timeOf(attempt))) continue;
      pairs.get(pairOf(call.member, username))?.push({
        ...timeOf(attempt),
        describe: () =>
          `call ${call.id}: ${call.member} is told that ${username} is ${listed.has(username) ? "" : "not "}blocked`,
        holds: (blockers) => blockers.includes(call.member) === listed.has(username),
      });
    }
  }
  return pairs;
}

/** Refusals that do not show that the availability exists. */
const hidden = new Set(["NOT_FOUND", "UNAUTHORIZED", "OWN_AVAILABILITY"]);

/** For each member: the changes of their name, and the names that others have read. */
function nameOperations(history: History): Map<string, { initial: string; operations: Operation<string>[] }> {
  const names = new Map(
    history.members.map(({ username, displayName }) => [
      username,
      { initial: displayName ?? "", operations: [] as Operation<string>[] },
    ]),
  );
  for (const { call, attempt } of sentTo(history, "user.set")) {
    const { displayName } = call.input;
    if (attempt.outcome.kind === "refused") continue;
    names.get(call.member)?.operations.push({
      ...timeOf(attempt),
      describe: () => `call ${call.id} makes it ${displayName}`,
      apply: () => displayName,
      isOptional: attempt.outcome.kind === "unknown",
    });
  }
  for (const { call, attempt, data } of [
    ...doneOf(sentTo(history, "user.get")),
    ...doneOf(sentTo(history, "user.set")),
  ]) {
    names.get(data.username)?.operations.push({
      ...timeOf(attempt),
      describe: () => `call ${call.id}: ${call.procedure} by ${call.member} shows ${data.displayName}`,
      holds: (name) => name === data.displayName,
    });
  }
  return names;
}

/** The name that others see for a member who has left. */
const formerMember = "Former member";

/** Copies of a name may be stale, but must show a name that the member has had by then. */
function checkNames(history: History): string[] {
  const begun = new Map(
    history.members.map(({ username, displayName }) => [username, [{ name: displayName, start: 0 }]]),
  );
  for (const { call, attempt } of sentTo(history, "user.set")) {
    begun.get(call.member)?.push({ name: call.input.displayName, start: attempt.start });
  }
  for (const { call, attempt } of sentTo(history, "user.delete")) {
    begun.get(call.member)?.push({ name: formerMember, start: attempt.start });
  }
  return history.calls.flatMap((call) =>
    call.attempts.flatMap((attempt) => {
      const shown = attempt.outcome.kind === "ok" ? namesIn(attempt.outcome.data) : [];
      return shown
        .filter(({ username, name }) => {
          const theirs = begun.get(username);
          // Histories written by hand may have no names.
          return theirs?.[0]?.name && !theirs.some((one) => one.name === name && one.start <= attempt.end);
        })
        .map(({ username, name }) => `call ${call.id}: ${call.procedure} shows ${username} as ${name}`);
    }),
  );
}

/** Returns the people who are named in availabilities and meetings of an answer. */
function namesIn(data: unknown): { username: string; name: string }[] {
  const items = data as {
    items?: Named[];
    availabilities?: Named[];
    meetings?: Named[];
  } & Named;
  const all = [items, ...(items.items ?? []), ...(items.availabilities ?? []), ...(items.meetings ?? [])];
  return all.flatMap(
    ({ owner, ownerDisplayName, participant, participantDisplayName, participants = [] }) => [
      ...(owner !== undefined && ownerDisplayName !== undefined
        ? [{ username: owner, name: ownerDisplayName }]
        : []),
      ...(participant !== undefined && participantDisplayName !== undefined
        ? [{ username: participant, name: participantDisplayName }]
        : []),
      ...participants.map(({ username, displayName }) => ({ username, name: displayName })),
    ],
  );
}

interface Named {
  readonly owner?: string;
  readonly ownerDisplayName?: string;
  readonly participant?: string;
  readonly participantDisplayName?: string;
  readonly participants?: readonly { readonly username: string; readonly displayName: string }[];
}

/** Checks that, once their deletion is answered, a member can do nothing and nobody can read their profile. */
function checkLeft(history: History, accounts: Accounts): string[] {
  const hasLeft = (member: string, { start }: Attempt) =>
    (accounts.leaving(member)?.end ?? Number.POSITIVE_INFINITY) < start;
  return history.calls.flatMap((call) =>
    call.attempts.flatMap((attempt) => {
      const { outcome } = attempt;
      if (outcome.kind === "unknown") return [];
      const isRefused = outcome.kind === "refused" && outcome.code === "UNAUTHORIZED";
      if (isRefused) {
        return accounts.mayHaveLeft(call.member, attempt)
          ? []
          : [`call ${call.id}: ${call.procedure} by ${call.member}, who is here, is UNAUTHORIZED`];
      }
      if (hasLeft(call.member, attempt)) {
        return [`call ${call.id}: ${call.procedure} by ${call.member}, who has left, is answered`];
      }
      const reached =
        outcome.kind === "ok" && /^user.get$|^availability.(get|book)$/.test(call.procedure)
          ? ownerOf(call.input)
          : undefined;
      return reached !== undefined && hasLeft(reached, attempt)
        ? [`call ${call.id}: ${call.procedure} by ${call.member} reaches ${reached}, who has left`]
        : [];
    }),
  );
}

function ownerOf(input: object): string | undefined {
  const { owner, username } = input as { owner?: string; username?: string };
  return owner ?? username;
}
