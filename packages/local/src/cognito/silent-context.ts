import type { Context } from "cognito-local/lib/services/context.js";

const ignore = () => {};

/** cognito-local logs every step it takes; nobody reads that here. */
export const silentContext: Context = {
  logger: { debug: ignore, info: ignore, warn: ignore, error: ignore, child: () => silentContext.logger },
};
