/** Calls the API as a member, without a server. */
import { Budget } from "@kumite/core/database/budget";
import { after, type newMember } from "@kumite/core/testing";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import type { RouterInputs } from "../index.ts";
import { Limiter, wideLimits } from "../limits/index.ts";
import { type ApiContext, appRouter, type CallRecord } from "../server.ts";

const hour = 3_600_000;
const day = 24 * hour;

export type Member = Awaited<ReturnType<typeof newMember>>;

/** A caller of the API that acts for a member. */
export function as(member: Member, records: CallRecord[] = []) {
  return appRouter.createCaller(contextOf(member, records));
}

interface Failure {
  message: string;
  data: Record<string, unknown>;
}

/** Makes a call over HTTP, to test what only the answer shows: the shape of errors, and values as JSON. */
export async function over(
  member: Member,
  path: string,
  input?: unknown,
  records: CallRecord[] = [],
): Promise<{ status: number; data?: unknown; error?: Failure; text: string }> {
  const query = /\.(get|list|search)$/.test(path);
  const search = query && input !== undefined ? `?input=${encodeURIComponent(JSON.stringify(input))}` : "";
  const response = await fetchRequestHandler({
    endpoint: "/api/trpc",
    router: appRouter,
    createContext: () => contextOf(member, records),
    req: new Request(`http://localhost/api/trpc/${path}${search}`, {
      method: query ? "GET" : "POST",
      headers: { "content-type": "application/json" },
      body: query ? null : JSON.stringify(input),
    }),
  });
  const text = await response.text();
  const { result, error } = JSON.parse(text) as { result?: { data: unknown }; error?: Failure };
  return { status: response.status, text, ...(result && { data: result.data }), ...(error && { error }) };
}

/** An availability's input, one day after the member's clock. */
export function availabilityOf(member: Member, given: Partial<RouterInputs["availability"]["set"]> = {}) {
  const startTime = after(member, day);
  return {
    startTime,
    endTime: after(member, day + hour),
    types: ["kata" as const],
    cohorts: ["White" as const],
    ...given,
  };
}

/** The key of an availability. */
export const key = ({ owner, id }: { owner: string; id: string }) => ({ owner, id });

function contextOf({ actor, now, database, cursorKey }: Member, records: CallRecord[] = []): ApiContext {
  return {
    now,
    database,
    cursorKey,
    budget: new Budget(),
    signIns: { remove: async () => {}, find: async () => undefined },
    limits: wideLimits,
    limiter: new Limiter(),
    address: "192.0.2.1",
    requestId: "a-request",
    authenticate: () => Promise.resolve(actor),
    record: (call) => records.push(call),
  };
}
