import type { MemberActor } from "../context/actor.ts";
import { Refusal } from "../errors.ts";

/** @throws Refusal NOT_ADMIN */
export function checkIsAdmin(actor: MemberActor): void {
  if (actor.kind !== "admin") throw new Refusal("NOT_ADMIN", "Only admins may do this.");
}
