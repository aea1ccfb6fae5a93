import type { MemberContext } from "../context.ts";
import { openCursor, sealCursor } from "../cursor.ts";
import { Refusal } from "../errors.ts";
import { byStart } from "../instant.ts";
import type { Page } from "../page.ts";
import { findUser } from "../users/repository.ts";
import { type AvailabilityRecord, scheduledWindows } from "./repository.ts";
import { searchSpan, toAvailability } from "./rules.ts";
import type { Availability, SearchAvailabilitiesInput } from "./schema.ts";

/**
 * Others' windows that the actor may book and that overlap `[from, to)`, in order of start and id. Empty for a
 * member without a cohort.
 * @throws Refusal NOT_FOUND for somebody whose sign-up was never completed; InvalidInput on a bad span or cursor
 */
export async function searchAvailabilities(
  ctx: MemberContext,
  input: SearchAvailabilitiesInput,
): Promise<Page<Availability>> {
  const scope = ["availability.search", input.from, input.to, input.types] as const;
  const span = searchSpan(input, ctx.now);
  const after = positionOf(openCursor(ctx, scope, input.cursor));
  const user = await findUser(ctx.database, ctx.actor);
  if (!user) throw new Refusal("NOT_FOUND", "There is no such member.");
  // A span that is over is none to query.
  if (user.cohort === null || span.to <= span.from) return { items: [] };

  const windows = scheduledWindows(ctx.database, {
    ...span,
    startingAt: after?.startTime,
    bookableAt: ctx.now.toISOString(),
    member: { username: ctx.actor, cohort: user.cohort },
    types: input.types,
  });
  const found = await firstInOrder(windows, input.limit + 1, after);
  const shown = found.slice(0, input.limit);
  const items = shown.map(toAvailability);
  const last = found.length > input.limit ? shown.at(-1) : undefined;
  return last ? { items, cursor: sealCursor(ctx, scope, `${last.startTime}#${last.id}`) } : { items };
}

interface Position {
  startTime: string;
  id: string;
}

function positionOf(cursor: string | undefined): Position | undefined {
  if (cursor === undefined) return undefined;
  const [startTime = "", id = ""] = cursor.split("#");
  return { startTime, id };
}

/**
 * The first `count` windows after a position. The index orders by start alone, so those of one start are read to
 * the last before the order by id is known.
 */
async function firstInOrder(
  windows: AsyncIterable<AvailabilityRecord>,
  count: number,
  after: Position | undefined,
): Promise<AvailabilityRecord[]> {
  const found: AvailabilityRecord[] = [];
  for await (const window of windows) {
    if (after && byStart(window, after) <= 0) continue;
    const previous = found.at(-1);
    if (previous && found.length >= count && window.startTime > previous.startTime) break;
    found.push(window);
  }
  return found.sort(byStart).slice(0, count);
}
