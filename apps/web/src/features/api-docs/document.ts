import "server-only";
import type { OpenApiDocument } from "@kumite/api/openapi";
import { env } from "#env.ts";

/**
 * The description of the API, from the API itself.
 * @throws Error where it does not answer within 5 s, or not with the document
 */
export async function fetchDocument(): Promise<OpenApiDocument> {
  const response = await fetch(new URL("/api/openapi.json", env().API_URL), {
    signal: AbortSignal.timeout(5_000),
  });
  if (!response.ok) throw new Error(`The API's description answered ${response.status}.`);
  return await response.json();
}
