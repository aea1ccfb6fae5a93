import { type Stack, startStack } from "@kumite/local";
import type { DatabaseProxy } from "./proxy.ts";

/**
 * The embedded stack without the web app: two instances of the functions, so that they race as Lambda's do.
 * @param proxy what stands between the functions and their database, if anything
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
