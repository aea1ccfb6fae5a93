import type { Availability } from "@kumite/core/availabilities/schema";
import type { Meeting } from "@kumite/core/meetings/schema";
import { type Call, dataOf } from "../history.ts";

/**
 * What the members have learned from the answers so far, to choose things that exist. It is only a hint, because others
 * change them meanwhile.
 */
export class Board {
  /** By id, as they were last seen. */
  readonly #availabilities = new Map<string, Availability>();
  readonly #gone = new Map<string, Availability>();
  readonly #meetings = new Map<string, Meeting>();
  /** The members whom each member blocks. */
  readonly #blocked = new Map<string, readonly string[]>();
  readonly #names = new Map<string, string>();
  readonly #left = new Set<string>();

  /** Returns the availabilities that existed when last seen, newest first. */
  availabilities(): Availability[] {
    return [...this.#availabilities.values()].reverse();
  }

  goneAvailabilities(): Availability[] {
    return [...this.#gone.values()].reverse();
  }

  /** Returns the meetings with a status, newest first. */
  meetings(status: Meeting["status"]): Meeting[] {
    return [...this.#meetings.values()].reverse().filter((meeting) => meeting.status === status);
  }

  /** Returns each block: the member who blocks and the one who is blocked. */
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

  learn(call: Call): void {
    if (call.procedure === "user.delete") this.#leave(call.member);
    switch (call.procedure) {
      case "availability.set":
      case "availability.get":
      case "availability.withdraw": {
        const availability = dataOf(call);
        if (availability) this.#see(availability);
        break;
      }
      case "availability.delete": {
        const availability = dataOf(call);
        if (availability) this.#lose(availability);
        break;
      }
      case "availability.book":
      case "meeting.cancel":
      case "meeting.get": {
        const meeting = dataOf(call);
        if (meeting) this.#meetings.set(meeting.id, meeting);
        break;
      }
      case "user.block":
      case "user.unblock": {
        const blocked = dataOf(call)?.blocked.map(({ username }) => username);
        if (blocked) this.#blocked.set(call.member, blocked);
        break;
      }
      case "user.set": {
        const profile = dataOf(call);
        if (profile) this.#names.set(call.member, profile.displayName);
        break;
      }
      case "availability.list":
      case "availability.search":
        for (const availability of dataOf(call)?.items ?? []) this.#see(availability);
        break;
      default:
    }
  }

  /** Forgets the availabilities of a member who leaves, whether that was answered or not. */
  #leave(username: string): void {
    this.#left.add(username);
    for (const availability of this.availabilities().filter(({ owner }) => owner === username)) {
      this.#lose(availability);
    }
  }

  #lose(availability: Availability): void {
    this.#availabilities.delete(availability.id);
    this.#gone.set(availability.id, availability);
  }

  #see(availability: Availability): void {
    if (!this.#gone.has(availability.id) && !this.#left.has(availability.owner))
      this.#availabilities.set(availability.id, availability);
  }
}
