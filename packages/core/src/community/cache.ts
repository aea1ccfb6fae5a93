import type { CommunitySettings } from "./schema.ts";

/**
 * How many milliseconds settings count as current. Including the time of a read, a change takes effect within ten
 * seconds.
 */
const freshMs = 5_000;

type Read = () => Promise<CommunitySettings>;

/** The community's settings as a process last read them. */
export class CommunityCache {
  readonly #clock: () => number;
  #known: { settings: CommunitySettings; readAt: number } | undefined;
  #reading: Promise<CommunitySettings> | undefined;

  /** @param clock returns milliseconds that never decrease */
  constructor(clock: () => number = () => performance.now()) {
    this.#clock = clock;
  }

  /**
   * Returns settings that were read at most five seconds ago, or reads them. Only one read runs at a time, and
   * concurrent calls wait for it. If it fails, the last known settings are returned.
   * @throws errors of `read`, if no settings are known
   */
  async get(read: Read): Promise<CommunitySettings> {
    if (this.#known && this.#clock() - this.#known.readAt < freshMs) return this.#known.settings;
    const others = this.#reading;
    try {
      return await (others ?? this.#start(read));
    } catch (error) {
      if (this.#known) return this.#known.settings;
      // The other call's read may have failed because of a limit of its own request.
      if (others) return await this.#read(read);
      throw error;
    }
  }

  /**
   * Stores settings that were just read or written, unless a later revision is already known. Returns the latest
   * settings.
   */
  put(settings: CommunitySettings, readAt: number = this.#clock()): CommunitySettings {
    if (this.#known && settings.revision < this.#known.settings.revision) return this.#known.settings;
    this.#known = { settings, readAt };
    return settings;
  }

  #start(read: Read): Promise<CommunitySettings> {
    const reading = this.#read(read).finally(() => {
      this.#reading = undefined;
    });
    this.#reading = reading;
    return reading;
  }

  async #read(read: Read): Promise<CommunitySettings> {
    const readAt = this.#clock();
    return this.put(await read(), readAt);
  }
}
