import { listEntries } from "../agenda/repository.ts";
import type { MemberContext } from "../context/context.ts";
import { openCursor, sealCursor } from "../context/cursor.ts";
import type { Page } from "../page.ts";
import { findAvailabilities } from "./repository.ts";
import { ownAvailability } from "./rules.ts";
import type { Availability, ListAvailabilitiesInput } from "./schema.ts";

/**
 * Lists the actor's own availabilities in order of start and id, until they expire two days after their end.
 * @throws InvalidInput on a cursor that is not of this list
 */
export async function listAvailabilities(
  ctx: MemberContext,
  input: ListAvailabilitiesInput,
): Promise<Page<Availability>> {
  const scope = ["availability.list"] as const;
  const entries = await listEntries(
    ctx.database,
    ctx.actor.username,
    "availability",
    {},
    {
      after: openCursor(ctx, scope, input.cursor),
      atMost: input.limit + 1,
    },
  );
  const shown = entries.slice(0, input.limit);
  const availabilities = await findAvailabilities(
    ctx.database,
    shown.map(({ id }) => ({ owner: ctx.actor.username, id })),
  );
  const items = availabilities.map(ownAvailability);
  const last = entries.length > input.limit ? shown.at(-1) : undefined;
  return last ? { items, cursor: sealCursor(ctx, scope, last.entry) } : { items };
}
