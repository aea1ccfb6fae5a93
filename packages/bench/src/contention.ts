import { randomUUID } from "node:crypto";
import { getAvailability, setAvailability } from "@kumite/core/availabilities";
import type { MemberContext } from "@kumite/core/context";
import { type Api, startApi } from "./api.ts";
import { createDrafts, draftMember } from "./drafts.ts";
import { type Engine, load, startEngine } from "./engine.ts";
import { median, percentile, table } from "./measure.ts";
import { draw } from "./plot.ts";
import type { BenchOptions, Section } from "./section.ts";

const day = 86_400_000;

/**
 * The results of all members' concurrent calls for the seats of one availability. Latencies in milliseconds, in order
 * of answer.
 */
interface Rush {
  seats: number;
  round: number;
  winners: number[];
  losers: number[];
  /** Answers that are neither a meeting nor `ALREADY_BOOKED`. */
  others: string[];
  /** Seats that the availability shows afterwards. */
  taken: number;
  /** Requests to the database, all attempts together, by operation. */
  requests: Record<string, number>;
}

export async function run({ quick, log }: BenchOptions): Promise<Section> {
  const [count, group, rounds] = quick ? [60, 6, 1] : [500, 50, 7];
  const engine = await startEngine();
  const api = await startApi(engine, { quick });
  try {
    const now = new Date();
    const drafts = createDrafts(engine.database.names);
    const owner = await draftMember(drafts, randomUUID(), now);
    const tokens: string[] = [];
    for (let at = 0; at < count; at++) {
      const ctx = await draftMember(drafts, randomUUID(), now);
      tokens.push(await api.token(ctx.actor.username));
    }
    const rushes: Rush[] = [];
    let days = 2;
    // The first round is a warm-up and is not counted.
    for (let round = -1; round < rounds; round++) {
      for (const seats of [1, group]) {
        // Each availability has its own day, so that nobody is busy.
        const start = Math.ceil(now.getTime() / day) * day + days++ * day;
        const availability = await setAvailability(owner, {
          startTime: new Date(start).toISOString(),
          endTime: new Date(start + 3_600_000).toISOString(),
          types: ["sparring"],
          cohorts: ["White"],
          maxParticipants: seats,
        });
        await load(engine, drafts.takeItems());
        const rush = await everybodyAtOnce(engine, api, owner, tokens, availability);
        if (round >= 0) rushes.push({ seats, round, ...rush });
      }
      log(`round ${round + 1} of ${rounds}`);
    }
    return report(count, [1, group], rushes);
  } finally {
    await api.stop();
    await engine.stop();
  }
}

async function everybodyAtOnce(
  engine: Engine,
  api: Api,
  host: MemberContext,
  tokens: readonly string[],
  availability: { owner: string; id: string; startTime: string },
): Promise<Omit<Rush, "seats" | "round">> {
  const rush: Omit<Rush, "seats" | "round"> = { winners: [], losers: [], others: [], taken: 0, requests: {} };
  const { owner, id, startTime } = availability;
  const before = await api.requests();
  await Promise.all(
    tokens.map(async (token) => {
      const begin = performance.now();
      const { error } = await api.mutate("availability.book", token, {
        owner,
        id,
        startTime,
        type: "sparring",
      });
      const latency = Math.round((performance.now() - begin) * 100) / 100;
      if (!error) rush.winners.push(latency);
      else if (error.data.reason === "ALREADY_BOOKED") rush.losers.push(latency);
      else rush.others.push(error.data.reason ?? error.data.code);
    }),
  );
  for (const [operation, requests] of Object.entries(await api.requests())) {
    rush.requests[operation] = requests - (before[operation] ?? 0);
  }
  // Only the owner sees who has booked it.
  const { participants } = await getAvailability({ ...host, database: engine.database }, { owner, id });
  rush.taken = participants.length;
  return rush;
}

function report(count: number, sizes: readonly number[], rushes: readonly Rush[]): Section {
  const of = (seats: number) => rushes.filter((rush) => rush.seats === seats);
  const requests = (rush: Rush) => Object.values(rush.requests).reduce((sum, each) => sum + each, 0) / count;
  const ratio = (rush: Rush) => median(rush.losers) / median(rush.winners);
  const milliseconds = (seats: number, figure: (rush: Rush) => number) =>
    median(of(seats).map(figure)).toFixed(0);
  const name = (seats: number) => (seats === 1 ? "one seat" : `a group of ${seats}`);
  const rows = sizes.map((seats) => [
    `${count} members for ${name(seats)}`,
    of(seats).length,
    [...new Set(of(seats).map(({ winners }) => winners.length))].join(", "),
    [...new Set(of(seats).map(({ taken }) => taken))].join(", "),
    of(seats).reduce((sum, { others }) => sum + others.length, 0),
    median(of(seats).map(requests)).toFixed(2),
    milliseconds(seats, ({ winners }) => median(winners)),
    milliseconds(seats, ({ losers }) => median(losers)),
    milliseconds(seats, ({ losers }) => percentile(losers, 0.99)),
    median(of(seats).map(ratio)).toFixed(2),
  ]);
  return {
    name: "contention",
    title: "Contention",
    markdown: [
      table(
        [
          "all at once",
          "rounds",
          "winners, each round",
          "seats taken in the availability",
          "other answers than taken",
          "requests to the database per attempt",
          "winners, median (ms)",
          "losers, median (ms)",
          "losers, 99 % (ms)",
          "losers, of winners",
        ],
        rows,
      ),
      "![Answered after](benchmarks/contention.svg)",
    ].join("\n\n"),
    bars: sizes.flatMap((seats) => [
      {
        what: `rounds without exactly ${seats} of ${count} winning, and seats with them`,
        value: of(seats).filter(
          ({ winners, taken, others }) => winners.length !== seats || taken !== seats || others.length > 0,
        ).length,
        most: 0,
      },
      {
        what: `losers' median time of the winners', ${name(seats)}`,
        value: median(of(seats).map(ratio)),
        most: 3,
      },
    ]),
    data: rushes,
    plots: {
      "contention.svg": draw({
        title: `${count} members at once: median time to an answer`,
        kind: "bar",
        categories: sizes.map(name),
        horizontal: "what they want",
        vertical: "ms",
        series: [
          {
            name: "winners",
            values: sizes.map((seats) => median(of(seats).map(({ winners }) => median(winners)))),
          },
          {
            name: "losers",
            values: sizes.map((seats) => median(of(seats).map(({ losers }) => median(losers)))),
          },
        ],
      }),
    },
  };
}
