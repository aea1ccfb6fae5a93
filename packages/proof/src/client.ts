/** tRPC over fetch, without our code: what any program might send. */
import type { Attempt, Outcome, Procedure, Procedures } from "./history.ts";

const queries: ReadonlySet<Procedure> = new Set([
  "availability.get",
  "availability.list",
  "availability.search",
  "meeting.get",
  "meeting.list",
  "calendar.get",
  "user.get",
]);

/** Longer than a function may run, so that no function still works on an attempt that is given up. */
const defaultTimeoutMs = 35_000;

export interface Connection {
  /** The address of the API, without the procedure's name. */
  readonly api: string;
  readonly timeoutMs?: number | undefined;
}

/** Sends one request and waits for its answer or its timeout; never rejects. */
export async function send<P extends Procedure>(
  { api, timeoutMs = defaultTimeoutMs }: Connection,
  accessToken: string,
  procedure: P,
  input: Procedures[P]["input"],
): Promise<Attempt<Procedures[P]["output"]>> {
  const json = JSON.stringify(input);
  const isQuery = queries.has(procedure);
  const url = `${api}/${procedure}${isQuery ? `?input=${encodeURIComponent(json)}` : ""}`;
  const headers = { authorization: `Bearer ${accessToken}`, "content-type": "application/json" };
  const start = performance.now();
  const outcome = await fetch(url, {
    headers,
    ...(isQuery ? {} : { method: "POST", body: json }),
    signal: AbortSignal.timeout(timeoutMs),
  })
    .then(readOutcome)
    .catch((error: unknown): Outcome => ({ kind: "unknown", why: nameOf(error) }));
  return { start, end: performance.now(), outcome: outcome as Outcome<Procedures[P]["output"]> };
}

interface Body {
  readonly result?: { readonly data: unknown };
  readonly error?: { readonly data: { readonly code: string; readonly reason?: string } };
}

async function readOutcome(response: Response): Promise<Outcome> {
  const { result, error } = (await response.json()) as Body;
  if (result) return { kind: "ok", data: result.data };
  if (!error?.data) return { kind: "unknown", why: `HTTP ${response.status}` };
  const { code, reason } = error.data;
  if (code === "SERVICE_UNAVAILABLE" || code === "INTERNAL_SERVER_ERROR")
    return { kind: "unknown", why: code };
  return { kind: "refused", code, ...(reason !== undefined && { reason }) };
}

/** Returns the name of a failed fetch; its cause has the reason. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = (error.cause ?? error) as { code?: unknown };
  return typeof code === "string" ? code : error.name;
}
