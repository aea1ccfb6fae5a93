/**
 * Writes one JSON line, which Lambda stores in CloudWatch. No library, because it would slow a cold start
 * (docs/benchmarks.md).
 * @param fields errors are written with their stack
 */
export function log(level: "info" | "error", message: string, fields: Record<string, unknown>): void {
  const line = { time: new Date().toISOString(), level, message, ...fields };
  process.stdout.write(`${JSON.stringify(line, showError)}\n`);
}

function showError(_key: string, value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  const { name, message, stack, cause } = value;
  return { name, message, stack, ...(cause === undefined ? {} : { cause }) };
}
