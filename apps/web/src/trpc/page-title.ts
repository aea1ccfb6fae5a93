import "server-only";
import type { Metadata } from "next";
import type { Api } from "./api.ts";
import { fetchOnServer } from "./server.ts";

/**
 * The title of a page that is called after what it shows: as its heading says.
 * @param fallback while that is not known, because the browser must ask by itself
 * @param load what it is called, by what the API answers; a page without it is called as its not-found page is
 */
export async function pageTitle(
  fallback: string,
  load: (api: Api) => Promise<string | undefined>,
): Promise<Metadata> {
  const { data: title, refusal } = await fetchOnServer(load);
  return { title: refusal === "NOT_FOUND" ? "Nothing here" : (title ?? fallback) };
}
