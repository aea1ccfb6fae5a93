import type { Availability } from "@kumite/core/availabilities/schema";
import type { Meeting } from "@kumite/core/meetings/schema";
import type { Call } from "../history.ts";

/**
 * What the members have learned from the answers so far, so that they choose things that exist: no more than a hint,
 * because others change them meanwhile.
 */
export class Board {
  /** By id, as they were last seen. */
  readonly #availabilities = new Map<string, Availability>();
  readonly #gone = new Map<string, Availability>();
  readonly #meetings = new Map<string, Meeting>();
  /** The members that each member blocks. */
  readonly #blocked = new Map<string, readonly string[]>();
  readonly #names = new Map<string, string>();
  readonly #left = new Set<string>();

  /** The availabilities that were there when last heard of, the newest first. */
  availabilities(): Availability[] {
    return [...this.#availabilities.values()].reverse();
  }

  goneAvailabilities(): Availability[] {
    return [...this.#gone.values()].reverse();
  }

  /** The newest first. */
  meetings(status: Meeting["status"]): Meeting[] {
    return [...this.#meetings.values()].reverse().filter((meeting) => meeting.status === status);
  }

  /** Each member with one that they block. */
  blocks(): { blocker: string; username: string }[] {
    return [...this.#blocked].flatMap(([blocker, blocked]) =>
      blocked.map((username) => ({ blocker, username })),
    );
  }

  nameOf(username: string): string | undefined {
    return this.#names.get(username);
  }

  hasLeft(username: string): boolean {
    return this.#left.has(username);
  }

  learn({ procedure, attempts, member }: Call): void {
    const outcome = attempts.at(-1)?.outcome;
    if (procedure === "user.delete") this.#leave(member);
    if (outcome?.kind !== "ok") return;
    const { data } = outcome;
    switch (procedure) {
      case "availability.set":
      case "availability.get":
      case "availability.withdraw":
        this.#see(data as Availability);
        break;
      case "availability.delete": {
        const availability = data as Availability;
        this.#availabilities.delete(availability.id);
        this.#gone.set(availability.id, availability);
        break;
      }
      case "availability.book":
      case "meeting.cancel":
      case "meeting.get":
        this.#meetings.set((data as Meeting).id, data as Meeting);
        break;
      case "user.block":
      case "user.unblock":
        this.#blocked.set(
          member,
          (data as unknown as { blocked: { username: string }[] }).blocked.map(({ username }) => username),
        );
        break;
      case "user.set":
        this.#names.set(member, (data as { displayName: string }).displayName);
        break;
      case "availability.list":
      case "availability.search":
        for (const availability of (data as { items: Availability[] }).items) this.#see(availability);
        break;
      default:
    }
  }

  /** Nobody looks for the availabilities of a member who leaves, whether that was answered or not. */
  #leave(username: string): void {
    this.#left.add(username);
    for (const availability of this.availabilities().filter(({ owner }) => owner === username)) {
      this.#availabilities.delete(availability.id);
      this.#gone.set(availability.id, availability);
    }
  }

  #see(availability: Availability): void {
    if (!this.#gone.has(availability.id) && !this.#left.has(availability.owner))
      this.#availabilities.set(availability.id, availability);
  }
}
