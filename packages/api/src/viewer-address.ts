import { timingSafeEqual } from "node:crypto";
import type { HeaderLookup } from "./auth.ts";
import { networkOf } from "./limits/index.ts";

/**
 * The address by which a request's calls are counted. A client cannot choose it: the router in front of the API puts its own
 * word instead of whatever `x-viewer-address` a client sends. The web app's server asks in the name of somebody
 * else; it says for whom in `x-prefetch-for`, and proves itself by its key.
 * @param sourceAddress the other end of the connection, where no router stands in front
 */
export function viewerAddress(headers: HeaderLookup, sourceAddress: string, prefetchKey: string): string {
  const prefetchFor = isKey(headers.get("x-prefetch-key"), prefetchKey) && headers.get("x-prefetch-for");
  return networkOf(prefetchFor || headers.get("x-viewer-address") || sourceAddress);
}

function isKey(given: string | null | undefined, key: string): boolean {
  const [left, right] = [Buffer.from(given ?? ""), Buffer.from(key)];
  return left.length === right.length && timingSafeEqual(left, right);
}
