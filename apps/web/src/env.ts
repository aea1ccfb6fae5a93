import "server-only";
import * as z from "zod/mini";

const optional = z.pipe(
  z.optional(z.string()),
  z.transform((value) => value || undefined),
);

const Env = z.object({
  /** Where this server reaches the API, ending in `/api/trpc`. Browsers use their own origin. */
  API_URL: z.url(),
  /** By which the API believes this server whom it asks for. Without it, the server's own address is counted. */
  PREFETCH_KEY: optional,
  COGNITO_USER_POOL_ID: z.string().check(z.minLength(1)),
  COGNITO_CLIENT_ID: z.string().check(z.minLength(1)),
  /** Where Cognito answers, when that is not AWS. */
  COGNITO_ENDPOINT: optional,
  /** Host name of Cognito's hosted domain. Where there is one, Google sign-in is offered. */
  COGNITO_DOMAIN: optional,
  /** `USER_PASSWORD_AUTH` where the pool knows no SRP. */
  COGNITO_AUTH_FLOW: z.pipe(optional, z.optional(z.enum(["USER_SRP_AUTH", "USER_PASSWORD_AUTH"]))),
});

let parsed: z.infer<typeof Env> | undefined;

/**
 * The configuration, read at request time, so that one build serves any stage and `next build` needs none of it.
 * @throws ZodError naming the variables that are missing
 */
export function env(): z.infer<typeof Env> {
  parsed ??= Env.parse(process.env);
  return parsed;
}
