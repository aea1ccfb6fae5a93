import { type RefusalReason, refusalReasons } from "@kumite/core/errors";
import { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { type TRPC_ERROR_CODE_KEY, TRPC_ERROR_CODES_BY_KEY } from "@trpc/server/rpc";
import * as z from "zod/mini";
import { codeOf } from "../errors.ts";
import type { JsonSchema, Reference, Response } from "./types.ts";
import { reasonWords } from "./words/reasons.ts";

const codes = Object.keys(TRPC_ERROR_CODES_BY_KEY) as TRPC_ERROR_CODE_KEY[];

/** What a failed call answers. */
export const ErrorAnswer = z.object({
  error: z.object({
    message: z.string(),
    /** The code as a JSON-RPC number. */
    code: z.number(),
    data: z.object({
      code: z.enum(codes),
      httpStatus: z.number(),
      path: z.optional(z.string()),
      reason: z.optional(z.enum(refusalReasons)),
      fieldErrors: z.optional(z.record(z.string(), z.array(z.string()))),
      retryAfterSeconds: z.optional(z.number()),
      requestId: z.optional(z.string()),
    }),
  }),
});

const json = (schema: JsonSchema) => ({ "application/json": { schema } });
const errorSchema: JsonSchema = { $ref: "#/components/schemas/Error" };

/** Errors that any call may have, by the name of their response. */
const shared = {
  Unauthorized: {
    code: "UNAUTHORIZED",
    description: "there is no token, or it is not valid.",
  },
  PayloadTooLarge: {
    code: "PAYLOAD_TOO_LARGE",
    description: "the request or its answer is too large.",
  },
  TooManyRequests: {
    code: "TOO_MANY_REQUESTS",
    description: "the caller has made too many calls. It is safe to retry after `retryAfterSeconds`.",
  },
  InternalServerError: {
    code: "INTERNAL_SERVER_ERROR",
    description: "this is a defect. Report it with its `requestId`.",
  },
  ServiceUnavailable: {
    code: "SERVICE_UNAVAILABLE",
    description: "the database is out of reach. It is safe to retry.",
  },
} as const satisfies Record<string, { code: TRPC_ERROR_CODE_KEY; description: string }>;

/** The responses that operations refer to. */
export const sharedResponses: Readonly<Record<string, Response>> = {
  ...Object.fromEntries(
    Object.entries(shared).map(([name, { code, description }]) => [
      name,
      {
        description: `\`${code}\`: ${description}`,
        ...(code === "TOO_MANY_REQUESTS" && {
          headers: { "Retry-After": { description: "Seconds.", schema: { type: "integer" } } },
        }),
        content: json(withCode(code)),
      },
    ]),
  ),
  Failure: {
    description: "Any other code: the request itself is wrong, for example its path or its method.",
    content: json(errorSchema),
  },
};

/**
 * The errors of a procedure, by HTTP status.
 * @param refusals the reasons of its refusals
 */
export function errorResponses(options: {
  isOpen: boolean;
  takesInput: boolean;
  refusals: readonly RefusalReason[];
}): Record<string, Response | Reference> {
  const { isOpen, takesInput, refusals } = options;
  const byCode = Map.groupBy(refusals, (reason) => codeOf[reason]);
  if (takesInput && !byCode.has("BAD_REQUEST")) byCode.set("BAD_REQUEST", []);
  const own = [...byCode].map(([code, reasons]) => [statusOf(code), refusal(code, reasons)] as const);
  const common = Object.entries(shared)
    .filter(([name]) => !(isOpen && name === "Unauthorized"))
    .map(([name, { code }]) => [statusOf(code), { $ref: `#/components/responses/${name}` }] as const);
  return {
    ...Object.fromEntries([...own, ...common]),
    default: { $ref: "#/components/responses/Failure" },
  };
}

function refusal(code: TRPC_ERROR_CODE_KEY, reasons: readonly RefusalReason[]): Response {
  return {
    description:
      code === "BAD_REQUEST" ? "The input is not valid: `fieldErrors` says where." : "The call is refused.",
    ...(reasons.length > 0 && {
      "x-reasons": Object.fromEntries(reasons.map((reason) => [reason, reasonWords[reason]])),
    }),
    content: json(withCode(code, reasons)),
  };
}

/** The schema of an error with this code. Its reason, if there is one, is one of `reasons`. */
function withCode(code: TRPC_ERROR_CODE_KEY, reasons: readonly RefusalReason[] = []): JsonSchema {
  const data: JsonSchema = {
    properties: { code: { const: code }, ...(reasons.length > 0 && { reason: { enum: reasons } }) },
  };
  return { allOf: [errorSchema, { properties: { error: { properties: { data } } } }] };
}

function statusOf(code: TRPC_ERROR_CODE_KEY): string {
  return String(getHTTPStatusCodeFromError(new TRPCError({ code })));
}
