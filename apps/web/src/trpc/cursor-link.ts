import type { AppRouter } from "@kumite/api";
import type { TRPCLink } from "@trpc/client";

/**
 * Takes `direction` out of what is asked: tRPC adds it to the pages of an endless list, and the API, which knows
 * cursors alone, refuses what it does not know.
 */
export const cursorLink: TRPCLink<AppRouter> =
  () =>
  ({ op, next }) => {
    if (op.type !== "query" || typeof op.input !== "object" || op.input === null) return next(op);
    const { direction: _, ...input } = op.input as Record<string, unknown>;
    return next({ ...op, input });
  };
