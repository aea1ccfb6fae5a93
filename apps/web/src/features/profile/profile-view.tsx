"use client";

import { PageHeader } from "#components/ui/page-header.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { ErrorState, Loading } from "#components/ui/states.tsx";
import { AccountSettings } from "#features/account/account-settings.tsx";
import { useHydrated } from "#lib/use-hydrated.ts";
import { useOwnProfile } from "#member/member.tsx";
import { ClockChoice } from "./clock-choice.tsx";
import { ProfileForm } from "./profile-form.tsx";

/** The member's own profile. With `welcome`, the path to go to afterwards, it is a new member's first step. */
export function ProfileView({ welcome }: { welcome?: string | undefined }) {
  const { profile, error, retry } = useOwnProfile();
  // In the server's HTML the form's fields would be empty.
  const isHydrated = useHydrated();
  return (
    <>
      {welcome ? (
        <PageHeader
          title="Welcome to Kumite"
          lead="Others need your cohort and your time zone to plan with you. The rest can wait."
        />
      ) : (
        <PageHeader title="Profile" />
      )}
      {profile && isHydrated ? (
        <>
          <ProfileForm profile={profile} next={welcome} />
          {!welcome && (
            <>
              <div className="mt-10 max-w-xl border-line border-t pt-8">
                <ClockChoice />
              </div>
              <AccountSettings profile={profile} />
            </>
          )}
        </>
      ) : error ? (
        <ErrorState error={error} retry={retry} />
      ) : (
        <Loading label="Loading your profile">
          <div className="grid max-w-xl gap-6">
            <Skeleton className="h-16" />
            <Skeleton className="h-16" />
            <Skeleton className="h-16" />
            <Skeleton className="h-36" />
          </div>
        </Loading>
      )}
    </>
  );
}
