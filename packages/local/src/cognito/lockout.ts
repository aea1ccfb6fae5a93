const freeAttempts = 5;
const longestLockMs = 15 * 60_000;
const forgottenAfterMs = 15 * 60_000;

interface Attempts {
  failed: number;
  lastAt: number;
  lockedUntil: number;
}

/**
 * Locks users out after wrong passwords, as Cognito's documentation describes: for one second after the fifth, and
 * twice as long after each further one, up to about 15 minutes. Attempts during a lock are not counted. A right
 * password, or 15 minutes without any attempt, resets the count. The counts are in memory only.
 */
export class Lockout {
  readonly #users = new Map<string, Attempts>();

  /** Whether the user may try a password now. */
  admits(username: string, now: Date): boolean {
    const attempts = this.#users.get(username);
    if (attempts === undefined) return true;
    if (now.getTime() - attempts.lastAt >= forgottenAfterMs) {
      this.#users.delete(username);
      return true;
    }
    attempts.lastAt = now.getTime();
    return now.getTime() >= attempts.lockedUntil;
  }

  /** Counts a wrong password, unless one that was tried at the same time has already locked the user out. */
  fail(username: string, now: Date): void {
    const before = this.#users.get(username) ?? { failed: 0, lockedUntil: 0 };
    if (now.getTime() < before.lockedUntil) return;
    const failed = before.failed + 1;
    const lockMs = failed < freeAttempts ? 0 : Math.min(1_000 * 2 ** (failed - freeAttempts), longestLockMs);
    this.#users.set(username, { failed, lastAt: now.getTime(), lockedUntil: now.getTime() + lockMs });
  }

  /** Forgets wrong passwords after a right one. */
  clear(username: string): void {
    this.#users.delete(username);
  }
}
