import type { RouterOutputs } from "@kumite/api";
import { isGroup, isSeveral } from "@kumite/core/availabilities/capacity";
import { minutesBetween } from "@kumite/core/instant";
import type { ReactNode } from "react";
import { Avatar } from "#components/ui/avatar.tsx";
import { Link } from "#components/ui/link.tsx";
import { useClock } from "#lib/clock.tsx";
import { useNow } from "#lib/now.tsx";
import { paths } from "#lib/paths.ts";
import { dayOf, formatDay, formatDuration, formatTimeRange, formatZone } from "#lib/time.ts";
import { useCommunity } from "#member/community.ts";
import { useOwnProfile } from "#member/member.tsx";
import { useZone } from "#member/zone.tsx";
import { takenTimes } from "./starts.ts";
import { TakenTimes } from "./taken-times.tsx";

type Availability = RouterOutputs["availability"]["get"];

/** What an availability offers, to whom, and where. Only its owner sees its meeting link here. */
export function AvailabilityDetails({ availability, isOwn }: { availability: Availability; isOwn: boolean }) {
  const zone = useZone();
  const clock = useClock();
  const now = useNow();
  const { cohorts, labelOf, cohortLabelOf } = useCommunity();
  const isForAll = cohorts.length > 0 && cohorts.every((cohort) => availability.cohorts.includes(cohort));
  // In the community's order; retired cohorts come last.
  const openTo = [
    ...cohorts.filter((cohort) => availability.cohorts.includes(cohort)),
    ...availability.cohorts.filter((cohort) => !cohorts.includes(cohort)),
  ];
  return (
    <dl className="grid gap-5">
      <Detail name="When">
        {formatDay(dayOf(availability.startTime, zone), { instant: now, zone })},{" "}
        {formatTimeRange(availability.startTime, availability.endTime, zone, clock)}
        <span className="block text-ink-soft text-sm">{formatZone(zone, availability.startTime)}</span>
      </Detail>
      {!isOwn && availability.status === "SCHEDULED" && takenTimes(availability).length > 0 && (
        <Detail name="Taken">
          <TakenTimes availability={availability} most={12} />
        </Detail>
      )}
      <Detail name="How">
        {isGroup(availability)
          ? `In a group of up to ${availability.maxParticipants}, ${formatDuration(minutesBetween(availability.startTime, availability.endTime))}`
          : `One to one, ${formatDuration(availability.durationMinutes)}${isSeveral(availability) ? " each" : ""}`}
      </Detail>
      <Detail name="What">{availability.types.map(labelOf).join(", ")}</Detail>
      <Detail name="For">{isForAll ? "All cohorts" : openTo.map(cohortLabelOf).join(", ")}</Detail>
      <Detail name="Where">{<Linked text={availability.location} />}</Detail>
      {isOwn && <OwnLink link={availability.link} />}
      {availability.description && (
        <Detail name="Notes">
          <p className="max-w-prose whitespace-pre-line">{availability.description}</p>
        </Detail>
      )}
    </dl>
  );
}

/** The meeting link of the member's own availability: its own link, else the one in the profile. */
function OwnLink({ link }: { link: string | undefined }) {
  const { profile: me } = useOwnProfile();
  const shown = link || me?.defaultLink;
  if (!shown) return null;
  return (
    <Detail name="Link">
      <WebLink href={shown} />
      <span className="block text-ink-soft text-sm">
        {link
          ? "Only you and those who book see it."
          : "From your profile. Only you and those who book see it."}
      </span>
    </Detail>
  );
}

/** A line of a description list; on wide screens its name is to its left. */
export function Detail({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-4 gap-y-0.5 sm:grid-cols-[6rem_1fr]">
      <dt className="text-ink-soft">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}

/** A link to another site. */
export function WebLink({ href }: { href: string }) {
  return (
    <a href={href} rel="noreferrer" target="_blank" className="link break-all">
      {href}
    </a>
  );
}

/** Text with its web addresses as links. */
export function Linked({ text }: { text: string }) {
  return text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((part, index) => (index % 2 === 1 ? <WebLink key={index} href={part} /> : part));
}

/** A list of members, each with their cohort and a link to their page. */
export function Members({
  members,
  when,
  action,
}: {
  members: { username: string; displayName: string; cohort: string | null }[];
  /** Each member's time, if it is not the same for all. */
  when?: (username: string) => string | undefined;
  action?: (username: string) => ReactNode;
}) {
  const { cohortLabelOf } = useCommunity();
  return (
    <ul className="grid gap-3">
      {members.map(({ username, displayName, cohort }) => (
        <li key={username} className="flex items-center gap-3">
          <Avatar name={displayName} size="sm" />
          <span className="min-w-0 grow wrap-anywhere">
            {when?.(username) && <span className="font-semibold">{when(username)} </span>}
            <Link href={paths.member(username)} className="link">
              {displayName}
            </Link>
            {cohort && <span className="text-ink-soft"> · {cohortLabelOf(cohort)}</span>}
          </span>
          {action?.(username)}
        </li>
      ))}
    </ul>
  );
}
