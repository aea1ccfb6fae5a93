"use client";

import type { RouterOutputs } from "@kumite/api";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { Avatar } from "#components/ui/avatar.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { ButtonLink, buttonClass } from "#components/ui/button.tsx";
import { CalendarPlus } from "#components/ui/icons/calendar-plus.ts";
import { Link } from "#components/ui/link.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { EmptyState, ErrorState, Loading } from "#components/ui/states.tsx";
import { Detail, Linked, WebLink } from "#features/availability/availability-details.tsx";
import { TwoClocks } from "#features/availability/two-clocks.tsx";
import { refusalReason } from "#lib/errors.ts";
import { useNow } from "#lib/now.tsx";
import { paths } from "#lib/paths.ts";
import { formatRelative } from "#lib/relative-time.ts";
import { useCommunity } from "#member/community.ts";
import { useOwnProfile } from "#member/member.tsx";
import { useZone } from "#member/zone.tsx";
import { useTRPC } from "#trpc/client.tsx";
import { whileVisible } from "#trpc/while-visible.ts";
import { meetingTitle } from "./meeting-title.ts";

type Meeting = RouterOutputs["meeting"]["get"];

const CancelMeeting = dynamic(() => import("./cancel-meeting.tsx").then((module) => module.CancelMeeting));

/** A meeting, for either of its two people. */
export function MeetingPage({ id }: { id: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.meeting.get.queryOptions({ id }, whileVisible));
  const { profile: me } = useOwnProfile();
  if (query.isError && !query.data)
    return <MeetingError error={query.error} retry={() => void query.refetch()} />;
  if (!query.data || !me) return <MeetingSkeleton />;
  return <MeetingContent meeting={query.data} username={me.username} />;
}

function MeetingContent({ meeting, username }: { meeting: Meeting; username: string }) {
  const trpc = useTRPC();
  const zone = useZone();
  const now = useNow();
  const { typeLabels, labelOf, cohortLabelOf } = useCommunity();
  const isOwner = meeting.owner === username;
  const other = isOwner
    ? { username: meeting.participant, displayName: meeting.participantDisplayName }
    : { username: meeting.owner, displayName: meeting.ownerDisplayName };
  const { data: profile } = useQuery(trpc.user.get.queryOptions({ username: other.username }));
  const isCanceled = meeting.status === "CANCELED";
  const isOver = meeting.endTime <= now;
  return (
    <>
      <PageHeader
        title={meetingTitle(meeting, username, typeLabels)}
        lead={
          <span className="flex flex-wrap items-center gap-2">
            {isCanceled ? (
              <Badge tone="danger">Canceled</Badge>
            ) : (
              <Badge tone={isOver ? "plain" : "good"}>{isOver ? "Over" : "Booked"}</Badge>
            )}
            {!isCanceled && !isOver && <span>{whenWords(meeting, now, zone)}</span>}
          </span>
        }
      />
      <div className="grid items-start gap-8 lg:grid-cols-[1fr_24rem] lg:gap-12">
        <div className="grid gap-6 rounded-lg border border-line bg-surface p-6 lg:order-2">
          {isCanceled && <Canceled meeting={meeting} username={username} other={other.displayName} />}
          <div className={isCanceled ? "line-through decoration-ink-soft" : undefined}>
            <TwoClocks startTime={meeting.startTime} endTime={meeting.endTime} other={profile} />
          </div>
          {!isCanceled && !isOver && (
            <div className="grid gap-3">
              <a href={paths.meetingFile(meeting.id)} className={buttonClass({ variant: "primary" })}>
                <CalendarPlus className="size-4" />
                Add to my calendar
              </a>
              <CancelMeeting meeting={meeting} other={other.displayName} isOwner={isOwner} />
            </div>
          )}
          {isCanceled && !isOver && (
            <ButtonLink
              href={isOwner ? paths.availability(meeting.owner, meeting.availabilityId) : paths.find}
              variant="primary"
            >
              {isOwner ? "Go to the open time" : "Find another"}
            </ButtonLink>
          )}
        </div>
        <dl className="grid gap-5">
          <Detail name="Who">
            <span className="flex items-center gap-3">
              <Avatar name={other.displayName} size="sm" />
              <span className="min-w-0">
                <Link href={paths.member(other.username)} className="link">
                  {other.displayName}
                </Link>
                {profile?.cohort && <span className="text-ink-soft"> · {cohortLabelOf(profile.cohort)}</span>}
                <span className="block text-ink-soft text-sm">
                  {isOwner ? "Booked your open time" : "Offered the open time"}
                </span>
              </span>
            </span>
          </Detail>
          <Detail name="What">{labelOf(meeting.type)}</Detail>
          <Detail name="Where">
            <Linked text={meeting.location} />
          </Detail>
          {meeting.link && (
            <Detail name="Link">
              <WebLink href={meeting.link} />
            </Detail>
          )}
          {meeting.description && (
            <Detail name="Notes">
              <p className="max-w-prose whitespace-pre-line">
                <Linked text={meeting.description} />
              </p>
            </Detail>
          )}
          {profile?.discordUsername && <Detail name="Discord">{profile.discordUsername}</Detail>}
          <Detail name="Open time">
            <Link href={paths.availability(meeting.owner, meeting.availabilityId)} className="link">
              The open time it was booked in
            </Link>
          </Detail>
        </dl>
      </div>
    </>
  );
}

function whenWords({ startTime }: Meeting, now: string, zone: string): string {
  if (startTime <= now) return "In progress";
  const words = formatRelative(startTime, now, zone);
  return words[0]?.toUpperCase() + words.slice(1);
}

function Canceled({ meeting, username, other }: { meeting: Meeting; username: string; other: string }) {
  return (
    <div className="grid gap-2">
      <h2 className="text-xl">
        {meeting.canceledBy === username ? "You canceled it" : `${other} canceled it`}
      </h2>
      {meeting.cancelReason && (
        <blockquote className="whitespace-pre-line border-line-strong border-l-2 pl-4 text-ink-soft">
          {meeting.cancelReason}
        </blockquote>
      )}
    </div>
  );
}

function MeetingError({ error, retry }: { error: unknown; retry: () => void }) {
  const action = <ButtonLink href={paths.calendar}>Go to my calendar</ButtonLink>;
  if (refusalReason(error) === "NOT_YOURS") {
    return (
      <EmptyState title="This is a meeting of others" action={action}>
        Only its two people see it.
      </EmptyState>
    );
  }
  return <ErrorState error={error} retry={retry} action={action} />;
}

function MeetingSkeleton() {
  return (
    <Loading label="Loading the meeting">
      <Skeleton className="mb-8 h-16 max-w-md" />
      <div className="grid gap-8 lg:grid-cols-[1fr_24rem] lg:gap-12">
        <Skeleton className="h-56 lg:order-2" />
        <Skeleton className="h-56" />
      </div>
    </Loading>
  );
}
