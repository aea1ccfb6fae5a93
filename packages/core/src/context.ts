import type { Database } from "./database/database.ts";

/** What every verb may use. The clock is here so that rules never read one of their own. */
export interface Context {
  readonly now: Date;
  readonly database: Database;
}

/** A verb's context when a member asks: `actor` is the verified username, never a value from the input. */
export interface MemberContext extends Context {
  readonly actor: string;
  /** The secret that signs the cursors of lists. */
  readonly cursorKey: string;
}
