import "server-only";
import { cache } from "react";
import { fetchOnServer } from "#trpc/server.ts";
import { isOwn, type MemberData } from "./member-data.ts";

/** The signed-in member and their community, asked for once per request. */
export const fetchMember = cache(() =>
  fetchOnServer(async ({ trpc, queryClient }): Promise<MemberData | undefined> => {
    const [profile, community] = await Promise.all([
      queryClient.fetchQuery(trpc.user.get.queryOptions({})),
      queryClient.fetchQuery(trpc.community.get.queryOptions()),
    ]);
    return isOwn(profile) ? { profile, community } : undefined;
  }),
);
