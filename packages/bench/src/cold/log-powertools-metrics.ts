import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import { log as logLine } from "./log-powertools.ts";

const metrics = new Metrics({ namespace: "Kumite", serviceName: "kumite" });

/** Like log-powertools.ts, and counts each line by its outcome. */
export function log(level: "info" | "error", message: string, fields: Record<string, unknown>): void {
  logLine(level, message, fields);
  metrics.addDimension("outcome", String(fields["outcome"]));
  metrics.addMetric("Calls", MetricUnit.Count, 1);
  metrics.publishStoredMetrics();
}
