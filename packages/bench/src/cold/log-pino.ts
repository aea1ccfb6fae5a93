import { pino } from "pino";

const logger = pino();

/** What replaces packages/functions/src/log.ts, by pino. */
export function log(level: "info" | "error", message: string, fields: Record<string, unknown>): void {
  logger[level](fields, message);
}
