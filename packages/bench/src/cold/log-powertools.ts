import { Logger } from "@aws-lambda-powertools/logger";

const logger = new Logger({ serviceName: "kumite" });

/** Replaces packages/functions/src/log.ts, with Powertools. */
export function log(level: "info" | "error", message: string, fields: Record<string, unknown>): void {
  logger[level](message, fields);
}
