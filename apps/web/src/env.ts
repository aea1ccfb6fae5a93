import "server-only";
import * as z from "zod/mini";

const optional = z.pipe(
  z.optional(z.string()),
  z.transform((value) => value || undefined),
);

const Env = z.object({
  /** Where this server reaches the API, ending in `/api/trpc`. Browsers use their own origin. */
  API_URL: z.url(),
  /** Proves to the API that this server calls it, for a visitor whose address it then counts instead of this server's. */
  PREFETCH_KEY: optional,
  COGNITO_USER_POOL_ID: z.string().check(z.minLength(1)),
  COGNITO_CLIENT_ID: z.string().check(z.minLength(1)),
  /** Cognito's address, if it is not AWS's. */
  COGNITO_ENDPOINT: optional,
  /** Host name of Cognito's hosted domain. If set, Google sign-in is offered. */
  COGNITO_DOMAIN: optional,
  /** `USER_PASSWORD_AUTH` if the pool does not support SRP. */
  COGNITO_AUTH_FLOW: z.pipe(optional, z.optional(z.enum(["USER_SRP_AUTH", "USER_PASSWORD_AUTH"]))),
});

let parsed: z.infer<typeof Env> | undefined;

/**
 * Returns the configuration. It is read at request time, so that one build serves any stage and `next build` needs none.
 * @throws ZodError that names the missing variables
 */
export function env(): z.infer<typeof Env> {
  parsed ??= Env.parse(process.env);
  return parsed;
}
