import type { Availability } from "@kumite/core/availabilities/schema";
import type { Meeting } from "@kumite/core/meetings/schema";
import type { Call } from "./history.ts";

/**
 * What the members have learned from the answers so far, so that they choose things that exist: no more than a hint,
 * because others change them meanwhile.
 */
export class Board {
  /** By id, as they were last seen. */
  readonly #windows = new Map<string, Availability>();
  readonly #gone = new Map<string, Availability>();
  readonly #meetings = new Map<string, Meeting>();

  /** The windows that were there when last heard of, the newest first. */
  windows(): Availability[] {
    return [...this.#windows.values()].reverse();
  }

  goneWindows(): Availability[] {
    return [...this.#gone.values()].reverse();
  }

  /** The newest first. */
  meetings(status: Meeting["status"]): Meeting[] {
    return [...this.#meetings.values()].reverse().filter((meeting) => meeting.status === status);
  }

  learn({ procedure, attempts }: Call): void {
    const outcome = attempts.at(-1)?.outcome;
    if (outcome?.kind !== "ok") return;
    const { data } = outcome;
    switch (procedure) {
      case "availability.set":
      case "availability.get":
      case "availability.withdraw":
        this.#see(data as Availability);
        break;
      case "availability.delete": {
        const window = data as Availability;
        this.#windows.delete(window.id);
        this.#gone.set(window.id, window);
        break;
      }
      case "availability.book":
      case "meeting.cancel":
      case "meeting.get":
        this.#meetings.set((data as Meeting).id, data as Meeting);
        break;
      case "availability.list":
      case "availability.search":
        for (const window of (data as { items: Availability[] }).items) this.#see(window);
        break;
      default:
    }
  }

  #see(window: Availability): void {
    if (!this.#gone.has(window.id)) this.#windows.set(window.id, window);
  }
}
