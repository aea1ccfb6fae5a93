import type { CommunitySettings } from "./schema.ts";

/** For how many milliseconds settings count as current. With a read's own time, a change shows within ten seconds. */
const freshMs = 5_000;

type Read = () => Promise<CommunitySettings>;

/** The community's settings as a process last read them. */
export class CommunityCache {
  readonly #clock: () => number;
  #known: { settings: CommunitySettings; readAt: number } | undefined;
  #reading: Promise<CommunitySettings> | undefined;

  /** @param clock milliseconds of a clock that never goes back */
  constructor(clock: () => number = () => performance.now()) {
    this.#clock = clock;
  }

  /**
   * The settings, not older than five seconds at the beginning of the read that brought them. One read runs at a time, and
   * others wait for it. Where it fails, the last known settings count.
   * @throws what `read` throws, where no settings are known
   */
  async get(read: Read): Promise<CommunitySettings> {
    if (this.#known && this.#clock() - this.#known.readAt < freshMs) return this.#known.settings;
    const others = this.#reading;
    try {
      return await (others ?? this.#start(read));
    } catch (error) {
      if (this.#known) return this.#known.settings;
      // That read may have failed by what its own request may not do any more.
      if (others) return await this.#read(read);
      throw error;
    }
  }

  /** Takes settings that were just read or written. Those of an earlier revision than is known come late, and do not count. */
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
