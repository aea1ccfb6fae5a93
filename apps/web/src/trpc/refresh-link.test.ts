import type { AppRouter } from "@kumite/api";
import { createTRPCClient, TRPCClientError, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { expect, test, vi } from "vitest";
import { refreshLink, type SessionRenewal } from "./refresh-link.ts";

/** A client whose API accepts one session at a time, and returns its number. */
function createClient(renewal: Partial<SessionRenewal>, { valid, held }: { valid: number; held: number }) {
  const server = { valid, held, calls: 0 };
  const api: TRPCLink<AppRouter> =
    () =>
    ({ op }) =>
      observable((observer) => {
        server.calls += 1;
        if (server.held === server.valid) {
          observer.next({ result: { data: { path: op.path, session: server.held } } });
          observer.complete();
        } else {
          observer.error(refusal("UNAUTHORIZED", 401));
        }
      });
  const session = { refresh: vi.fn(async () => true), end: vi.fn(), ready: async () => {}, ...renewal };
  const client = createTRPCClient<AppRouter>({ links: [refreshLink(session), api] });
  return { client, server, session };
}

function refusal(code: "UNAUTHORIZED" | "CONFLICT", httpStatus: number): TRPCClientError<AppRouter> {
  return TRPCClientError.from({ error: { code: -32001, message: code, data: { code, httpStatus } } });
}

/** Resolves once all pending callbacks have run. */
const rest = () => new Promise((resolve) => setImmediate(resolve));

test("a call with a valid session passes", async () => {
  const { client, session } = createClient({}, { valid: 1, held: 1 });
  await expect(client.user.get.query({})).resolves.toMatchObject({ session: 1 });
  expect(session.refresh).not.toHaveBeenCalled();
});

test("calls that fail together share one renewal, and each is retried", async () => {
  const { client, server, session } = createClient(
    {
      refresh: vi.fn(async () => {
        await rest();
        server.held = 2;
        return true;
      }),
    },
    { valid: 2, held: 1 },
  );
  const answers = await Promise.all([
    client.user.get.query({}),
    client.community.get.query(),
    client.user.set.mutate({ bio: "" }),
  ]);
  expect(answers).toEqual(["user.get", "community.get", "user.set"].map((path) => ({ path, session: 2 })));
  expect(session.refresh).toHaveBeenCalledTimes(1);
  expect(server.calls).toBe(6);
});

test("renews the session again after a later expiry", async () => {
  const { client, server, session } = createClient(
    {
      refresh: vi.fn(async () => {
        server.held = server.valid;
        return true;
      }),
    },
    { valid: 2, held: 1 },
  );
  await client.user.get.query({});
  server.valid = 3;
  await expect(client.user.get.query({})).resolves.toMatchObject({ session: 3 });
  expect(session.refresh).toHaveBeenCalledTimes(2);
});

test("without a session, calls stay pending, and the session ends once", async () => {
  const { client, session } = createClient({ refresh: async () => false }, { valid: 1, held: 0 });
  const settled = vi.fn();
  for (const call of [client.user.get.query({}), client.community.get.query()]) call.then(settled, settled);
  await rest();
  expect(session.end).toHaveBeenCalledTimes(1);
  expect(settled).not.toHaveBeenCalled();
});

test("a session that is refused even after renewal ends, without another renewal", async () => {
  const { client, server, session } = createClient({}, { valid: 1, held: 0 });
  client.user.get.query({}).catch(() => {});
  await rest();
  expect(session.refresh).toHaveBeenCalledTimes(1);
  expect(session.end).toHaveBeenCalledTimes(1);
  expect(server.calls).toBe(2);
});

test("offline, the call fails and can be retried, and the session stays", async () => {
  const { client, session } = createClient(
    { refresh: () => Promise.reject(new TypeError("Failed to fetch")) },
    { valid: 1, held: 0 },
  );
  const error: unknown = await client.user.get.query({}).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(TRPCClientError);
  expect((error as TRPCClientError<AppRouter>).data).toBeUndefined();
  expect(session.end).not.toHaveBeenCalled();
});

test("a call waits while the member signs out, and passes if that fails", async () => {
  const { promise: kept, resolve: keepSession } = Promise.withResolvers<void>();
  const { client, server } = createClient({ ready: () => kept }, { valid: 1, held: 1 });
  const answer = client.user.get.query({});
  await rest();
  expect(server.calls).toBe(0);
  keepSession();
  await expect(answer).resolves.toMatchObject({ session: 1 });
  expect(server.calls).toBe(1);
});
