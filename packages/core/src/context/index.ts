export {
  type Actor,
  adminActor,
  type MemberActor,
  memberActor,
  type SystemActor,
  systemActor,
} from "./actor.ts";
export type { ActorContext, Context, MemberContext, SystemContext } from "./context.ts";
