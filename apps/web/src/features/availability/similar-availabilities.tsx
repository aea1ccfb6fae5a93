import type { RouterInputs, RouterOutputs } from "@kumite/api";
import { byStart, day } from "@kumite/core/instant";
import { useQuery } from "@tanstack/react-query";
import { ButtonLink } from "#components/ui/button.tsx";
import { Link } from "#components/ui/link.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { Loading } from "#components/ui/states.tsx";
import { useClock } from "#lib/clock.tsx";
import { useNow } from "#lib/now.tsx";
import { paths } from "#lib/paths.ts";
import { dayOf, formatDay, formatTimeRange } from "#lib/time.ts";
import { useCommunity } from "#member/community.ts";
import { useZone } from "#member/zone.tsx";
import { useTRPC } from "#trpc/client.tsx";

type Availability = RouterOutputs["availability"]["get"];

type SessionType = NonNullable<RouterInputs["availability"]["search"]["types"]>[number];

/**
 * Returns the search for availabilities that share a type and start after `from`. It begins at a full hour and never in
 * the past, so that its result stays cached.
 */
function alikeInput(
  { types }: Availability,
  known: readonly string[],
  from: number,
  now: string,
): RouterInputs["availability"]["search"] {
  const start = Math.max(new Date(now).setUTCMinutes(0, 0, 0), from);
  const offered = types.filter((type): type is SessionType => known.includes(type));
  return {
    from: new Date(start).toISOString(),
    to: new Date(start + 60 * day).toISOString(),
    ...(offered.length > 0 && { types: offered }),
    limit: 50,
  };
}

/** Returns the three availabilities nearest in time to `availability`, in order of their start. */
function nearest(availabilities: Availability[], { id, startTime }: Availability): Availability[] {
  const distance = (other: Availability) => Math.abs(Date.parse(other.startTime) - Date.parse(startTime));
  return availabilities
    .filter((other) => other.id !== id)
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, 3)
    .sort(byStart);
}

/** Finds up to three availabilities similar to one that cannot be booked: around its time, else the next ones. */
function useSimilarAvailabilities(availability: Availability): {
  similar: Availability[];
  isPending: boolean;
} {
  const trpc = useTRPC();
  const now = useNow();
  const known = useCommunity().types.map(({ id }) => id);
  const around = alikeInput(availability, known, Date.parse(availability.startTime) - 3 * day, now);
  const next = alikeInput(availability, known, 0, now);
  const first = useQuery(trpc.availability.search.queryOptions(around));
  const found = nearest(first.data?.items ?? [], availability);
  const second = useQuery(
    trpc.availability.search.queryOptions(next, { enabled: first.isSuccess && found.length === 0 }),
  );
  return {
    similar: found.length > 0 ? found : nearest(second.data?.items ?? [], availability),
    isPending: first.isLoading || second.isLoading,
  };
}

type SimilarAvailabilitiesProps = {
  availability: Availability;
  /** Why this one cannot be booked, as a sentence. */
  because: string;
};

/** Says why an availability cannot be booked, and links to up to three similar ones. */
export function SimilarAvailabilities({ availability, because }: SimilarAvailabilitiesProps) {
  const zone = useZone();
  const clock = useClock();
  const now = useNow();
  const { labelOf } = useCommunity();
  const { similar, isPending } = useSimilarAvailabilities(availability);
  const counts = ["", "Here is one like it.", "Here are two like it.", "Here are three like it."];
  return (
    <section className="grid gap-4">
      <h2 className="text-xl">
        <span role="alert">
          {because} {counts[similar.length]}
        </span>
      </h2>
      {isPending && (
        <Loading>
          <Skeleton className="h-40" />
        </Loading>
      )}
      {similar.length > 0 && (
        <ul className="border-line border-b">
          {similar.map((other) => (
            <li key={other.id} className="border-line border-t">
              <Link
                href={paths.availability(other.owner, other.id)}
                className="-mx-2 grid gap-0.5 rounded px-2 py-3 hover:bg-sunken"
              >
                <span className="font-semibold">
                  {formatDay(dayOf(other.startTime, zone), { instant: now, zone })},{" "}
                  {formatTimeRange(other.startTime, other.endTime, zone, clock)}
                </span>
                <span className="wrap-anywhere text-ink-soft text-sm">
                  {other.ownerDisplayName} · {other.types.map(labelOf).join(", ")}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      <ButtonLink href={paths.find} className="justify-self-start">
        {similar.length > 0 ? "More in Find" : "Look in Find"}
      </ButtonLink>
    </section>
  );
}
