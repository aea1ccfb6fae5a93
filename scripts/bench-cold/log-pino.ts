import { pino } from "pino";

const logger = pino();

/** What stands in the place of packages/functions/src/log.ts, by pino. */
export function log(level: "info" | "error", message: string, fields: Record<string, unknown>): void {
  logger[level](fields, message);
}
