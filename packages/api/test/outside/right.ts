// How a frontend outside this repository uses the types. `outside.test.ts` compiles it in a separate project.
import type { AppRouter, RouterInputs, RouterOutputs } from "@kumite/api";
import { createTRPCClient, httpBatchLink, TRPCClientError } from "@trpc/client";

type Availability = RouterOutputs["availability"]["get"];
type Refusal = "NOT_FOUND" | "ALREADY_BOOKED" | "OVERLAPS_MEETING";

/** True exactly if two types are the same. */
type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : { is: A; wanted: B };
const holds = <_ extends true>() => {};

const client = createTRPCClient<AppRouter>({
  links: [
    httpBatchLink({ url: "https://kumite.example/api/trpc", headers: { authorization: "Bearer token" } }),
  ],
});

// Optional fields are optional, and unions are unions.
const posted: RouterInputs["availability"]["set"] = {
  startTime: "2026-12-05T18:00:00+09:00",
  endTime: "2026-12-05T20:00:00+09:00",
  types: ["technique"],
  cohorts: ["Green", "Blue"],
};
holds<Same<Availability["status"], "SCHEDULED" | "BOOKED" | "CANCELED">>();
holds<Same<Availability["ownerCohort"], string | null>>();
holds<Same<Availability["link"], string | undefined>>();
holds<Same<RouterInputs["meeting"]["cancel"], { id: string; reason?: string | undefined }>>();
holds<Same<RouterInputs["community"]["get"], void>>();

export async function bookFirst(): Promise<string> {
  const { name, types } = await client.community.get.query();
  const mine: Availability = await client.availability.set.mutate({ ...posted, maxParticipants: 2 });
  const { items, cursor } = await client.availability.search.query({
    from: mine.startTime,
    to: mine.endTime,
  });
  holds<Same<typeof cursor, string | undefined>>();
  const [first] = items;
  if (first === undefined)
    return `${name} has nothing open for ${types.map(({ label }) => label).join(", ")}`;
  try {
    const { id, status } = await client.availability.book.mutate({ owner: first.owner, id: first.id });
    holds<Same<typeof status, "SCHEDULED" | "CANCELED">>();
    return id;
  } catch (error) {
    if (!(error instanceof TRPCClientError)) throw error;
    return explain(error);
  }
}

function explain({ data, message }: TRPCClientError<AppRouter>): string {
  const said: Partial<Record<NonNullable<NonNullable<typeof data>["reason"]>, string>> = {
    NOT_FOUND: "Gone",
    ALREADY_BOOKED: "Taken",
    OVERLAPS_MEETING: "You are busy",
  } satisfies Record<Refusal, string>;
  if (data?.retryAfterSeconds !== undefined) return `Wait ${data.retryAfterSeconds.toFixed()} s`;
  const field: string[] | undefined = data?.fieldErrors?.["startTime"];
  return (data?.reason && said[data.reason]) ?? field?.join(" ") ?? message;
}
