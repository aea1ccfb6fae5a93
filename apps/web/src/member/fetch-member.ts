import "server-only";
import { cache } from "react";
import { fetchOnServer } from "#trpc/server.ts";
import { loadMember, type MemberData } from "./member-data.ts";

/** The signed-in member and their community, asked for once per request; undefined where the browser must ask by itself. */
export const fetchMember = cache(
  async (): Promise<MemberData | undefined> => (await fetchOnServer(loadMember)).data,
);
