import "server-only";
import { cache } from "react";
import { fetchOnServer } from "#trpc/server.ts";
import { loadMember, type MemberData } from "./member-data.ts";

/** Fetches the signed-in member and their community, once per request; undefined if the browser must fetch them. */
export const fetchMember = cache(
  async (): Promise<MemberData | undefined> => (await fetchOnServer(loadMember)).data,
);
