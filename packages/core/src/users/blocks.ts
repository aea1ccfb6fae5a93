import type { UserRecord } from "./repository.ts";

/**
 * Blocks: the blocker's record lists whom they block. In the Calendar partition of the blocked member stands an item for
 * each blocker, so that a search knows without reading the owners whose availabilities it found.
 */

/** Whether one of two members has blocked the other: then neither finds, reads or books the other's availabilities. */
export function areApart(one: UserRecord, other: UserRecord): boolean {
  return one.blocked.includes(other.username) || other.blocked.includes(one.username);
}

/** Whether a member may read and book the availabilities of a host: one who is here, and neither has blocked the other. */
export function mayMeet(member: UserRecord, host: UserRecord): boolean {
  return host.deletedAt === undefined && !areApart(member, host);
}

/** The key of the item that says that `blocked` is blocked by `blocker`. */
export function blockKey(blocked: string, blocker: string): { username: string; entry: string } {
  return { username: blocked, entry: `${blockPrefix}${blocker}` };
}

export const blockPrefix = "blocked-by#";

/**
 * The keys to read beside the availabilities that a search found: whether their owners have blocked the member. None where nobody
 * has blocked the member.
 */
export function blockKeysOf(
  member: UserRecord,
  owners: readonly string[],
): { username: string; entry: string }[] {
  if (member.blockedBy <= 0) return [];
  return [...new Set(owners)].map((owner) => blockKey(member.username, owner));
}

/**
 * Those of the owners whose availabilities a search must leave out.
 * @param items what was read under `blockKeysOf`
 */
export function ownersApart(member: UserRecord, items: readonly Record<string, unknown>[]): Set<string> {
  const blockers = items
    .map((item) => String(item["entry"]))
    .filter((entry) => entry.startsWith(blockPrefix))
    .map((entry) => entry.slice(blockPrefix.length));
  return new Set([...member.blocked, ...blockers]);
}
