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
      // An error outside a procedure (a body that is no JSON, say) has not passed the procedures' own mapping.
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

/** Gives core's errors their tRPC code, records each call, and holds it to the budget of its request. */
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
 * A procedure for members: `ctx` is core's, with the verified caller as its actor. Checked before the input. A token of a
 * deleted account counts for nothing: a mutation first reads the caller's record, a query does so at the same time, and
 * a procedure with `checksAccount` does so itself, unless its input was refused before.
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

/** A procedure for admins. Checked before the input, like the sign-in; a deleted account counts for nothing here too. */
export const adminProcedure = memberProcedure.use(({ ctx, next }) => {
  checkIsAdmin(ctx.member.actor);
  return next();
});
