import { createHmac } from "node:crypto";
import { checkIsAdmin } from "@kumite/core/community/check-is-admin";
import type { MemberActor, MemberContext } from "@kumite/core/context";
import type { Database } from "@kumite/core/database";
import { metered } from "@kumite/core/database/meter";
import { TooMuch } from "@kumite/core/errors";
import { checkAccount } from "@kumite/core/users/check-account";
import { getTRPCErrorFromUnknown, initTRPC, TRPCError } from "@trpc/server";
import type { ApiContext, ProcedureMeta } from "./context.ts";
import { errorDetails, requestIdOf, toTRPCError } from "./errors.ts";
import { type CallKind, countCall } from "./limits/index.ts";

const t = initTRPC
  .context<ApiContext>()
  .meta<ProcedureMeta>()
  .create({
    isDev: false,
    errorFormatter: ({ shape, error, ctx }) => {
      // An error outside a procedure (a body that is not JSON, for example) has not been mapped yet.
      const known = toTRPCError(error);
      const { stack: _, ...data } = shape.data;
      return {
        ...shape,
        message: known.code === "INTERNAL_SERVER_ERROR" ? "Something went wrong." : known.message,
        data: { ...data, ...errorDetails(known), requestId: ctx?.requestId ?? requestIdOf(error) },
      };
    },
  });

export const { router } = t;

/** Maps core's errors to tRPC codes, records each call, and enforces the request's budget. */
const procedure = t.procedure.use(async ({ ctx, path, type, meta, next }) => {
  let start = performance.now();
  const meter = metered(ctx.database);
  let actor: MemberActor | undefined;
  const authenticate = async () => {
    actor = await ctx.authenticate();
    return actor;
  };
  let uncounted: unknown;
  const kind = meta?.countsAs ?? (type === "query" ? "read" : "change");
  const count = async (person: string | undefined, as: CallKind = kind) => {
    const { now, address, limits, limiter } = ctx;
    uncounted = await countCall({ now, database: meter.database, limits, limiter }, as, { person, address });
  };
  const run = async (database: Database) => {
    start = performance.now();
    const result = await next({ ctx: { database, authenticate, count } });
    const isTooLong = result.ok && !ctx.budget.answer(result.data, type !== "query");
    const failure = isTooLong ? getTRPCErrorFromUnknown(new TooMuch()) : !result.ok && result.error;
    return { result, error: failure ? toTRPCError(failure) : undefined };
  };
  const { result, error } = await (type === "query"
    ? ctx.budget.query(meter.database, run)
    : ctx.budget.mutation(meter.database, run));
  ctx.record({
    procedure: path,
    type,
    outcome: error?.code ?? "OK",
    reason: error && errorDetails(error).reason,
    durationMs: Math.round((performance.now() - start) * 10) / 10,
    requestId: ctx.requestId,
    caller: actor && pseudonym(actor.username, ctx.cursorKey),
    ...meter.consumed(),
    ...(error?.code === "INTERNAL_SERVER_ERROR" && { error: error.cause }),
    ...(uncounted !== undefined && { uncounted }),
  });
  if (error) throw error;
  return result;
});

function pseudonym(username: string, key: string): string {
  return createHmac("sha256", key).update(username).digest("base64url").slice(0, 16);
}

/** A procedure that anyone may call. */
export const publicProcedure = procedure.use(async ({ ctx, next }) => {
  await ctx.count(undefined);
  return next();
});

/**
 * A procedure for members: `ctx.member` is core's context, with the verified caller as its actor. The token is checked
 * before the input. A token of a deleted account is refused: a mutation reads the caller's record first, a query reads
 * it at the same time. A procedure with `checksAccount` reads it itself; if its input is refused before that, the
 * middleware reads it.
 */
export const memberProcedure = procedure.use(async ({ ctx, type, meta, next }) => {
  const actor = await ctx.authenticate();
  await ctx.count(actor?.username, actor === undefined ? "anonymous" : undefined);
  if (actor === undefined) throw new TRPCError({ code: "UNAUTHORIZED", message: "Sign in first." });
  const member: MemberContext = { actor, now: ctx.now, database: ctx.database, cursorKey: ctx.cursorKey };
  const proceed = () => next({ ctx: { member, signIns: ctx.signIns } });
  if (meta?.checksAccount) {
    const result = await proceed();
    if (!result.ok && toTRPCError(result.error).code === "BAD_REQUEST") await checkAccount(member);
    return result;
  }
  if (type !== "query") {
    await checkAccount(member);
    return proceed();
  }
  const [result] = await Promise.all([proceed(), checkAccount(member)]);
  return result;
});

/**
 * A procedure for admins. The group is checked before the input, like the token. A deleted account is refused here too.
 */
export const adminProcedure = memberProcedure.use(({ ctx, next }) => {
  checkIsAdmin(ctx.member.actor);
  return next();
});
