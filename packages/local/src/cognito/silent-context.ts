import type { Context } from "cognito-local/lib/services/context.js";

const ignore = () => {};

/** Discards cognito-local's log, which records every step. */
export const silentContext: Context = {
  logger: { debug: ignore, info: ignore, warn: ignore, error: ignore, child: () => silentContext.logger },
};
