import type { RouterInputs, RouterOutputs } from "@kumite/api";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { ButtonLink } from "#components/ui/button.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { Loading } from "#components/ui/states.tsx";
import { useZone } from "#features/profile/zone.tsx";
import { useNow } from "#lib/now.tsx";
import { paths } from "#lib/paths.ts";
import { dayOf, formatDay, formatTimeRange } from "#lib/time.ts";
import { useTRPC } from "#trpc/client.tsx";
import { useCommunity } from "./community.ts";

type Availability = RouterOutputs["availability"]["get"];

const day = 86_400_000;

type SessionType = NonNullable<RouterInputs["availability"]["search"]["types"]>[number];

/**
 * What to ask for: windows that share a type, from a day before this one on, or from now on where it is over. To
 * the hour, so that the answer is kept for as long as it is good.
 */
function alikeInput(
  window: Availability,
  known: readonly string[],
  now: string,
): RouterInputs["availability"]["search"] {
  const types = window.types.filter((type): type is SessionType => known.includes(type));
  const hour = new Date(now).setUTCMinutes(0, 0, 0);
  const from = Math.max(hour, Date.parse(window.startTime) - day);
  return {
    from: new Date(from).toISOString(),
    to: new Date(from + 60 * day).toISOString(),
    ...(types.length > 0 && { types }),
    limit: 4,
  };
}

type AlikeProps = {
  window: Availability;
  /** Why this one cannot be had, as a sentence. */
  because: string;
};

/** Says that a window cannot be had, and leads to three that are like it. */
export function Alike({ window, because }: AlikeProps) {
  const trpc = useTRPC();
  const zone = useZone();
  const now = useNow();
  const { types, labelOf } = useCommunity();
  const input = alikeInput(
    window,
    types.map(({ id }) => id),
    now,
  );
  const search = useQuery(trpc.availability.search.queryOptions(input));
  const alike = search.data?.items.filter(({ id }) => id !== window.id).slice(0, 3) ?? [];
  const counts = ["", "Here is one like it.", "Here are two like it.", "Here are three like it."];
  return (
    <section className="grid gap-4">
      <h2 role="alert" className="text-xl">
        {because} {counts[alike.length]}
      </h2>
      {search.isPending && (
        <Loading>
          <Skeleton className="h-40" />
        </Loading>
      )}
      {alike.length > 0 && (
        <ul className="border-line border-b">
          {alike.map((other) => (
            <li key={other.id} className="border-line border-t">
              <Link
                href={paths.window(other.owner, other.id)}
                className="-mx-2 grid gap-0.5 rounded px-2 py-3 hover:bg-sunken"
              >
                <span className="font-semibold">
                  {formatDay(dayOf(other.startTime, zone), { instant: now, zone })},{" "}
                  {formatTimeRange(other.startTime, other.endTime, zone)}
                </span>
                <span className="text-ink-soft text-sm">
                  {other.ownerDisplayName} · {other.types.map(labelOf).join(", ")}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      <ButtonLink href={paths.find} className="justify-self-start">
        {alike.length > 0 ? "More in Find" : "Look in Find"}
      </ButtonLink>
    </section>
  );
}
