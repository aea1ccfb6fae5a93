import type { Database } from "../database/database.ts";
import type { Actor, MemberActor, SystemActor } from "./actor.ts";

/** What every verb may use. The clock is here so that rules never read one of their own. */
export interface Context {
  readonly now: Date;
  readonly database: Database;
}

/** A verb's context when it matters who acts. */
export interface ActorContext<Who extends Actor = Actor> extends Context {
  readonly actor: Who;
}

/** A verb's context when a member asks. */
export interface MemberContext extends ActorContext<MemberActor> {
  /** The secret that signs the cursors of lists. */
  readonly cursorKey: string;
}

/** A verb's context when nobody asks. */
export interface SystemContext extends ActorContext<SystemActor> {}
