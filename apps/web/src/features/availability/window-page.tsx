"use client";

import type { RouterOutputs } from "@kumite/api";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { Badge } from "#components/ui/badge.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { Link } from "#components/ui/link.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { Loading } from "#components/ui/states.tsx";
import { useOwnProfile } from "#features/profile/member.tsx";
import { useNow } from "#lib/now.tsx";
import { paths } from "#lib/paths.ts";
import { useTRPC } from "#trpc/client.tsx";
import { whileVisible } from "#trpc/while-visible.ts";
import { Alike } from "./alike.tsx";
import { Booking } from "./booking.tsx";
import { useCommunity } from "./community.ts";
import { OwnerPanel } from "./owner-panel.tsx";
import { isGroup } from "./starts.ts";
import { whyClosed } from "./why-closed.ts";
import { Members, WindowDetails } from "./window-details.tsx";
import { WindowNotShown } from "./window-not-shown.tsx";
import { windowTitle } from "./window-title.ts";

type Availability = RouterOutputs["availability"]["get"];

/** A window: what it is, and what the member can do with it. */
export function WindowPage({ owner, id }: { owner: string; id: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.availability.get.queryOptions({ owner, id }, whileVisible));
  const { profile: me } = useOwnProfile();
  if (query.isError && !query.data)
    return <WindowNotShown error={query.error} retry={() => void query.refetch()} />;
  if (!query.data || !me) return <WindowSkeleton />;
  return <Shown window={query.data} me={me} />;
}

function Shown({ window, me }: { window: Availability; me: RouterOutputs["user"]["get"] }) {
  const { types } = useCommunity();
  const isOwn = window.owner === me.username;
  // Others do not see who is in a group, so they cannot count.
  const seesSeats =
    window.participants.some(({ username }) => username === me.username) ||
    (me.cohort !== null && window.cohorts.includes(me.cohort));
  return (
    <>
      <PageHeader
        title={windowTitle(window, me.username, types)}
        lead={
          isOwn ? (
            "Your own window"
          ) : (
            <>
              Offered by{" "}
              <Link href={paths.member(window.owner)} className="link">
                {window.ownerDisplayName}
              </Link>
              {window.ownerCohort && ` · ${window.ownerCohort}`}
            </>
          )
        }
      />
      <div className="grid items-start gap-8 lg:grid-cols-[1fr_24rem] lg:gap-12">
        <div className="rounded-lg border border-line bg-surface p-6 lg:order-2">
          {isOwn ? <OwnerPanel window={window} /> : <MemberPanel window={window} me={me} />}
        </div>
        <div className="grid gap-8">
          <WindowDetails window={window} isOwn={isOwn} />
          {!isOwn && isGroup(window) && seesSeats && <Seats window={window} />}
        </div>
      </div>
    </>
  );
}

function MemberPanel({ window, me }: { window: Availability; me: RouterOutputs["user"]["get"] }) {
  const trpc = useTRPC();
  const now = useNow();
  const [wasTaken, setTaken] = useState(false);
  const { data: owner } = useQuery(trpc.user.get.queryOptions({ username: window.owner }));
  const { data: calendar } = useQuery(
    trpc.calendar.get.queryOptions({ from: window.startTime, to: window.endTime }, whileVisible),
  );
  const meetings = calendar?.meetings.filter(({ status }) => status === "SCHEDULED") ?? [];

  if (window.participants.some(({ username }) => username === me.username)) {
    const meeting = meetings.find(({ availabilityId }) => availabilityId === window.id);
    return (
      <Said badge="Booked" title="You are in">
        {meeting && (
          <ButtonLink href={paths.meeting(meeting.id)} variant="primary">
            To the meeting
          </ButtonLink>
        )}
      </Said>
    );
  }
  if (wasTaken) return <Alike window={window} because="Taken a moment ago." />;
  const closed = whyClosed(window, now);
  if (closed) return <Alike window={window} because={closed} />;
  if (me.cohort === null) {
    return (
      <Said title="First, choose your cohort">
        <p>Then this window can be booked, if it is open to yours.</p>
        <ButtonLink href={paths.profile} variant="primary">
          Choose my cohort
        </ButtonLink>
      </Said>
    );
  }
  if (!window.cohorts.includes(me.cohort)) {
    return (
      <Said title="Not open to your cohort">
        <p>Its owner offers it to other cohorts than {me.cohort}. Find shows what is open to you.</p>
        <ButtonLink href={paths.find}>To Find</ButtonLink>
      </Said>
    );
  }
  return <Booking window={window} owner={owner} meetings={meetings} onTaken={() => setTaken(true)} />;
}

function Said({ badge, title, children }: { badge?: string; title: string; children: ReactNode }) {
  return (
    <section className="grid justify-items-start gap-4">
      {badge && <Badge tone="good">{badge}</Badge>}
      <h2 className="text-xl">{title}</h2>
      {children}
    </section>
  );
}

function Seats({ window }: { window: Availability }) {
  const { participants, maxParticipants } = window;
  return (
    <section className="grid gap-4">
      <h2 className="text-lg">
        {participants.length} of {maxParticipants} seats taken
      </h2>
      {participants.length > 0 && <Members members={participants} />}
    </section>
  );
}

function WindowSkeleton() {
  return (
    <Loading label="Loading the window">
      <Skeleton className="mb-8 h-16 max-w-md" />
      <div className="grid gap-8 lg:grid-cols-[1fr_24rem] lg:gap-12">
        <Skeleton className="h-64 lg:order-2" />
        <Skeleton className="h-64" />
      </div>
    </Loading>
  );
}
