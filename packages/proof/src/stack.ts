import { type Stack, startStack } from "@kumite/local";

/** The embedded stack without the web app: two instances of the functions, so that they race as Lambda's do. */
export function startProofStack(env: Readonly<Record<string, string>> = {}): Promise<Stack> {
  return startStack({ web: false, demo: false, functions: { instances: 2, env } });
}
