import { timingSafeEqual } from "node:crypto";
import type { HeaderLookup } from "./auth.ts";
import { networkOf } from "./limits/index.ts";

/**
 * The address under which a request's calls are counted. A client cannot choose it: the router in front of the API
 * overwrites `x-viewer-address`. The web app's server calls for a visitor: it sends the visitor's address in
 * `x-prefetch-for`, with its key as proof.
 * @param sourceAddress the connection's other end, for requests that have not passed a router
 */
export function viewerAddress(headers: HeaderLookup, sourceAddress: string, prefetchKey: string): string {
  const prefetchFor = isKey(headers.get("x-prefetch-key"), prefetchKey) && headers.get("x-prefetch-for");
  return networkOf(prefetchFor || headers.get("x-viewer-address") || sourceAddress);
}

function isKey(given: string | null | undefined, key: string): boolean {
  const [left, right] = [Buffer.from(given ?? ""), Buffer.from(key)];
  return left.length === right.length && timingSafeEqual(left, right);
}
