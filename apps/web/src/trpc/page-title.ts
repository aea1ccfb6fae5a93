import "server-only";
import type { Metadata } from "next";
import type { Api } from "./api.ts";
import { fetchOnServer } from "./server.ts";

/**
 * Returns the title of a page whose heading depends on its data.
 * @param fallback the title if the server could not fetch the data
 * @param load fetches the data and returns the title; if the API answers NOT_FOUND, the title is the not-found page's
 */
export async function pageTitle(
  fallback: string,
  load: (api: Api) => Promise<string | undefined>,
): Promise<Metadata> {
  const { data: title, refusal } = await fetchOnServer(load);
  return { title: refusal === "NOT_FOUND" ? "Nothing here" : (title ?? fallback) };
}
