import type { RouterOutputs } from "@kumite/api";
import type { Api } from "#trpc/api.ts";

export type OwnProfile = RouterOutputs["user"]["set"];

/** What every page for members needs. */
export type MemberData = { profile: OwnProfile; community: RouterOutputs["community"]["get"] };

/** Fetches the signed-in member and their community. */
export async function loadMember({ trpc, queryClient }: Api): Promise<MemberData> {
  const [profile, community] = await Promise.all([
    queryClient.fetchQuery(trpc.user.get.queryOptions({})),
    queryClient.fetchQuery(trpc.community.get.queryOptions()),
  ]);
  if (!isOwn(profile)) throw new TypeError("The API returned another member's profile");
  return { profile, community };
}

/** Without a username, the API returns the caller's own profile; only that has an e-mail address. */
function isOwn(profile: RouterOutputs["user"]["get"]): profile is OwnProfile {
  return "email" in profile;
}
