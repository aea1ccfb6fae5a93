import type { Database } from "../database/database.ts";
import type { Actor, MemberActor, SystemActor } from "./actor.ts";

/** What every verb may use. `now` is the only clock: rules never read another one. */
export interface Context {
  readonly now: Date;
  readonly database: Database;
}

/** The context of a verb that depends on who acts. */
export interface ActorContext<Who extends Actor = Actor> extends Context {
  readonly actor: Who;
}

/** The context of a verb that a member calls. */
export interface MemberContext extends ActorContext<MemberActor> {
  /** The secret that signs list cursors. */
  readonly cursorKey: string;
}

/** The context of work that no person calls. */
export interface SystemContext extends ActorContext<SystemActor> {}
