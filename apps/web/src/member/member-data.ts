import type { RouterOutputs } from "@kumite/api";
import type { Api } from "#trpc/api.ts";

export type OwnProfile = RouterOutputs["user"]["set"];

/** What every page for members is about. */
export type MemberData = { profile: OwnProfile; community: RouterOutputs["community"]["get"] };

/** Asks the API for the signed-in member and their community. */
export async function loadMember({ trpc, queryClient }: Api): Promise<MemberData> {
  const [profile, community] = await Promise.all([
    queryClient.fetchQuery(trpc.user.get.queryOptions({})),
    queryClient.fetchQuery(trpc.community.get.queryOptions()),
  ]);
  if (!isOwn(profile)) throw new TypeError("The API answered without a name of another's profile");
  return { profile, community };
}

/** Asked without a name, the API answers the caller's own profile, which alone has an address. */
function isOwn(profile: RouterOutputs["user"]["get"]): profile is OwnProfile {
  return "email" in profile;
}
