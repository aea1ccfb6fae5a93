import "server-only";
import type { OpenApiDocument } from "@kumite/api/openapi";
import { env } from "#env.ts";

/**
 * Fetches the OpenAPI document from the API.
 * @throws Error if the API does not answer within 5 s, or answers with an error
 */
export async function fetchDocument(): Promise<OpenApiDocument> {
  const response = await fetch(new URL("/api/openapi.json", env().API_URL), {
    signal: AbortSignal.timeout(5_000),
  });
  if (!response.ok) throw new Error(`The API answered ${response.status} for its OpenAPI document.`);
  return await response.json();
}
