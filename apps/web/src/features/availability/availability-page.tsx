"use client";

import type { RouterOutputs } from "@kumite/api";
import { isGroup } from "@kumite/core/availabilities/capacity";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { Badge } from "#components/ui/badge.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { Link } from "#components/ui/link.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { Loading } from "#components/ui/states.tsx";
import { useNow } from "#lib/now.tsx";
import { paths } from "#lib/paths.ts";
import { useCommunity } from "#member/community.ts";
import { useOwnProfile } from "#member/member.tsx";
import { useTRPC } from "#trpc/client.tsx";
import { whileVisible } from "#trpc/while-visible.ts";
import { AvailabilityDetails, Members } from "./availability-details.tsx";
import { AvailabilityError } from "./availability-error.tsx";
import { availabilityTitle } from "./availability-title.ts";
import { Booking } from "./booking.tsx";
import { OwnerPanel } from "./owner-panel.tsx";
import { SimilarAvailabilities } from "./similar-availabilities.tsx";
import { whyClosed } from "./why-closed.ts";

type Availability = RouterOutputs["availability"]["get"];

/** An availability's details, and what the member can do with it. */
export function AvailabilityPage({ owner, id }: { owner: string; id: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.availability.get.queryOptions({ owner, id }, whileVisible));
  const { profile: me } = useOwnProfile();
  if (query.isError && !query.data)
    return <AvailabilityError error={query.error} retry={() => void query.refetch()} />;
  if (!query.data || !me) return <AvailabilitySkeleton />;
  return <AvailabilityContent availability={query.data} me={me} />;
}

function AvailabilityContent({
  availability,
  me,
}: {
  availability: Availability;
  me: RouterOutputs["user"]["get"];
}) {
  const { typeLabels, cohortLabelOf } = useCommunity();
  const isOwn = availability.owner === me.username;
  // Others do not see a group's members, so they cannot count its seats.
  const seesSeats =
    availability.participants.some(({ username }) => username === me.username) ||
    (me.cohort !== null && availability.cohorts.includes(me.cohort));
  return (
    <>
      <PageHeader
        title={availabilityTitle(availability, me.username, typeLabels)}
        lead={
          isOwn ? (
            "Your own open time"
          ) : (
            <>
              Offered by{" "}
              <Link href={paths.member(availability.owner)} className="link">
                {availability.ownerDisplayName}
              </Link>
              {availability.ownerCohort && ` · ${cohortLabelOf(availability.ownerCohort)}`}
            </>
          )
        }
      />
      <div className="grid items-start gap-8 lg:grid-cols-[1fr_24rem] lg:gap-12">
        <div className="rounded-lg border border-line bg-surface p-6 lg:order-2">
          {isOwn ? (
            <OwnerPanel availability={availability} />
          ) : (
            <MemberPanel availability={availability} me={me} />
          )}
        </div>
        <div className="grid gap-8">
          <AvailabilityDetails availability={availability} isOwn={isOwn} />
          {!isOwn && isGroup(availability) && seesSeats && <Seats availability={availability} />}
        </div>
      </div>
    </>
  );
}

function MemberPanel({ availability, me }: { availability: Availability; me: RouterOutputs["user"]["get"] }) {
  const { cohortLabelOf } = useCommunity();
  const trpc = useTRPC();
  const now = useNow();
  const [wasTaken, setTaken] = useState(false);
  const { data: owner } = useQuery(trpc.user.get.queryOptions({ username: availability.owner }));
  const { data: calendar } = useQuery(
    trpc.calendar.get.queryOptions({ from: availability.startTime, to: availability.endTime }, whileVisible),
  );
  const meetings = calendar?.meetings.filter(({ status }) => status === "SCHEDULED") ?? [];

  if (availability.participants.some(({ username }) => username === me.username)) {
    const meeting = meetings.find(({ availabilityId }) => availabilityId === availability.id);
    return (
      <StatusPanel badge="Booked" title="You have booked it">
        {meeting && (
          <ButtonLink href={paths.meeting(meeting.id)} variant="primary">
            Go to the meeting
          </ButtonLink>
        )}
      </StatusPanel>
    );
  }
  if (wasTaken) return <SimilarAvailabilities availability={availability} because="Taken a moment ago." />;
  const closed = whyClosed(availability, now);
  if (closed) return <SimilarAvailabilities availability={availability} because={closed} />;
  if (me.cohort === null) {
    return (
      <StatusPanel title="First, choose your cohort">
        <p>Then you can book this open time, if it is open to your cohort.</p>
        <ButtonLink href={paths.profile} variant="primary">
          Choose my cohort
        </ButtonLink>
      </StatusPanel>
    );
  }
  if (!availability.cohorts.includes(me.cohort)) {
    return (
      <StatusPanel title="Not open to your cohort">
        <p>Its owner does not offer it to {cohortLabelOf(me.cohort)}. Find shows what is open to you.</p>
        <ButtonLink href={paths.find}>Go to Find</ButtonLink>
      </StatusPanel>
    );
  }
  return (
    <Booking availability={availability} owner={owner} meetings={meetings} onTaken={() => setTaken(true)} />
  );
}

function StatusPanel({ badge, title, children }: { badge?: string; title: string; children: ReactNode }) {
  return (
    <section className="grid justify-items-start gap-4">
      {badge && <Badge tone="good">{badge}</Badge>}
      <h2 className="text-xl">{title}</h2>
      {children}
    </section>
  );
}

function Seats({ availability }: { availability: Availability }) {
  const { participants, maxParticipants } = availability;
  return (
    <section className="grid gap-4">
      <h2 className="text-lg">
        {participants.length} of {maxParticipants} seats taken
      </h2>
      {participants.length > 0 && <Members members={participants} />}
    </section>
  );
}

function AvailabilitySkeleton() {
  return (
    <Loading label="Loading the open time">
      <Skeleton className="mb-8 h-16 max-w-md" />
      <div className="grid gap-8 lg:grid-cols-[1fr_24rem] lg:gap-12">
        <Skeleton className="h-64 lg:order-2" />
        <Skeleton className="h-64" />
      </div>
    </Loading>
  );
}
