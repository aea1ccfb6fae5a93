"use client";

import { useQuery } from "@tanstack/react-query";
import { Avatar } from "#components/ui/avatar.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { ErrorState, Loading } from "#components/ui/states.tsx";
import { BlockMember } from "#features/account/block-member.tsx";
import { useClock } from "#lib/clock.tsx";
import { useNow } from "#lib/now.tsx";
import { paths } from "#lib/paths.ts";
import { compareZones } from "#lib/relative-time.ts";
import { dayOf, formatDay, formatMonth, formatTime, formatZone } from "#lib/time.ts";
import { useCommunity } from "#member/community.ts";
import { useZone } from "#member/zone.tsx";
import { useTRPC } from "#trpc/client.tsx";

/** A member's public profile. */
export function MemberView({ username }: { username: string }) {
  const trpc = useTRPC();
  const { cohortLabelOf } = useCommunity();
  const { data: member, error, refetch } = useQuery(trpc.user.get.queryOptions({ username }));
  if (error && !member) return <ErrorState error={error} retry={() => void refetch()} level={1} />;
  if (!member) {
    return (
      <Loading label="Loading the profile">
        <div className="flex items-center gap-5">
          <Skeleton className="size-20 rounded-full" />
          <Skeleton className="h-9 w-56" />
        </div>
      </Loading>
    );
  }
  const isOwn = "email" in member;
  return (
    <article className="grid max-w-2xl gap-8">
      <div className="flex flex-wrap items-center gap-5">
        <Avatar name={member.displayName} size="lg" />
        <div className="min-w-0">
          <h1 className="wrap-anywhere text-3xl">{member.displayName}</h1>
          <p className="text-ink-soft">Member since {formatMonth(member.memberSince)}</p>
        </div>
        {isOwn && (
          <ButtonLink href={paths.profile} size="sm" className="ml-auto">
            Edit profile
          </ButtonLink>
        )}
      </div>
      <dl className="grid gap-x-8 gap-y-1 border-line border-y py-6 max-sm:[&>dd]:mb-3 sm:grid-cols-[8rem_1fr] sm:gap-y-4">
        <dt className="text-ink-soft">Cohort</dt>
        <dd>{member.cohort === null ? "Not chosen yet" : cohortLabelOf(member.cohort)}</dd>
        <dt className="text-ink-soft">Time zone</dt>
        <dd>{member.timezone ? <LocalTime zone={member.timezone} isOwn={isOwn} /> : "Not known yet"}</dd>
        {member.discordUsername && (
          <>
            <dt className="text-ink-soft">Discord</dt>
            <dd className="wrap-anywhere">{member.discordUsername}</dd>
          </>
        )}
      </dl>
      {member.bio && <p className="max-w-prose whitespace-pre-line wrap-anywhere">{member.bio}</p>}
      {!isOwn && <BlockMember member={member} />}
    </article>
  );
}

function LocalTime({ zone, isOwn }: { zone: string; isOwn: boolean }) {
  const now = useNow();
  const yours = useZone();
  const clock = useClock();
  return (
    <>
      {formatZone(zone, now)}
      <span className="block text-ink-soft">
        Now {formatTime(now, zone, clock)}, {formatDay(dayOf(now, zone))}
        {!isOwn && ` · ${compareZones(zone, yours, now)}`}
      </span>
    </>
  );
}
