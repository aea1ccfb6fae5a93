import { pino } from "pino";

const logger = pino();

/** Replaces packages/functions/src/log.ts, with pino. */
export function log(level: "info" | "error", message: string, fields: Record<string, unknown>): void {
  logger[level](fields, message);
}
