import { type Stack, startStack } from "@kumite/local";
import type { DatabaseProxy } from "./proxy.ts";

/**
 * Starts the embedded stack without the web app, with two instances of the functions, so that they race as on Lambda.
 * @param proxy a proxy between the functions and their database, if any
 */
export function startProofStack(proxy?: DatabaseProxy): Promise<Stack> {
  const env = proxy ? { AWS_ENDPOINT_URL_DYNAMODB: proxy.url } : {};
  return startStack({
    web: false,
    demo: false,
    functions: { instances: 2, env },
    onDatabase: proxy?.forwardTo,
  });
}
