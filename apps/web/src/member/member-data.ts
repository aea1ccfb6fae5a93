import type { RouterOutputs } from "@kumite/api";

export type OwnProfile = RouterOutputs["user"]["set"];

/** What every page for members is about. */
export type MemberData = { profile: OwnProfile; community: RouterOutputs["community"]["get"] };

/** Asked without a name, the API answers the caller's own profile, which alone has an address. */
export function isOwn(profile: RouterOutputs["user"]["get"]): profile is OwnProfile {
  return "email" in profile;
}
