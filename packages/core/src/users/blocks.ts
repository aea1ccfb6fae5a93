import type { UserRecord } from "./repository.ts";

/**
 * Blocks: the blocker's record lists the members that they block. The blocked member's Calendar partition has an item
 * for each blocker, so that a search finds out without reading the records of the owners.
 */

/** Whether one of two members has blocked the other: then neither finds, reads or books the other's availabilities. */
export function areApart(one: UserRecord, other: UserRecord): boolean {
  return one.blocked.includes(other.username) || other.blocked.includes(one.username);
}

/**
 * Whether a member may read and book a host's availabilities: the host has not left, and neither has blocked the other.
 */
export function mayMeet(member: UserRecord, host: UserRecord): boolean {
  return host.deletedAt === undefined && !areApart(member, host);
}

/** The key of the item that records that `blocker` has blocked `blocked`. */
export function blockKey(blocked: string, blocker: string): { username: string; entry: string } {
  return { username: blocked, entry: `${blockPrefix}${blocker}` };
}

export const blockPrefix = "blocked-by#";

/**
 * The keys to read together with found availabilities, to see whether their owners have blocked the member. None if
 * nobody has blocked the member.
 */
export function blockKeysOf(
  member: UserRecord,
  owners: readonly string[],
): { username: string; entry: string }[] {
  if (member.blockedBy <= 0) return [];
  return [...new Set(owners)].map((owner) => blockKey(member.username, owner));
}

/**
 * Returns the owners whose availabilities a search must leave out.
 * @param items the items read under `blockKeysOf`
 */
export function ownersApart(member: UserRecord, items: readonly Record<string, unknown>[]): Set<string> {
  const blockers = items
    .map((item) => String(item["entry"]))
    .filter((entry) => entry.startsWith(blockPrefix))
    .map((entry) => entry.slice(blockPrefix.length));
  return new Set([...member.blocked, ...blockers]);
}
