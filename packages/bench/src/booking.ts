import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { setAvailability } from "@kumite/core/availabilities";
import { bookAvailability } from "@kumite/core/booking";
import type { MemberContext } from "@kumite/core/context";
import { metered } from "@kumite/core/database/meter";
import { type Api, startApi } from "./api.ts";
import type { Order } from "./bare.ts";
import { createDrafts, draftMember, type Request } from "./drafts.ts";
import { type Engine, load, type Stored, startEngine } from "./engine.ts";
import { createHttpClient } from "./http-client.ts";
import { inParallel, median, percentile, type Run, rotated, table } from "./measure.ts";
import { draw } from "./plot.ts";
import type { BenchOptions, Section } from "./section.ts";

const variants = ["api", "bare", "bareHttp", "floor"] as const;
type Variant = (typeof variants)[number];

const titles: Record<Variant, string> = {
  api: "Kumite, over HTTP",
  bare: "bare SDK: the same reads and transaction",
  bareHttp: "bare SDK behind a bare HTTP server",
  floor: "bare SDK: the transaction alone",
};

const levels = [1, 8, 32] as const;
const day = 86_400_000;

/** A run of one variant, with the processor time of its server and the engine, in seconds. */
interface Measured extends Run {
  round: number;
  clients: number;
  variant: Variant;
  cpu: { server: number; engine: number };
}

/** A planned booking. Each has two people and a day that no other has. */
interface Planned {
  token: string;
  input: { owner: string; id: string; startTime: string; type: string };
  /** Its database requests. */
  requests: Request[];
}

export async function run({ quick, log }: BenchOptions): Promise<Section> {
  const engine = await startEngine();
  const api = await startApi(engine, { quick });
  const bare = fork(new URL("./bare.ts", import.meta.url), {
    env: { ...engine.environment, TZ: "UTC" },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  try {
    const [{ port }] = (await once(bare, "message")) as [{ port: number }];
    const client = createHttpClient(port);
    const planner = await createPlanner(engine, api);
    const measured: Measured[] = [];
    const rounds = quick ? 1 : 7;
    // The first round is a warm-up and is not counted.
    for (let round = -1; round < rounds; round++) {
      for (const clients of levels) {
        for (const variant of rotated(variants, round + 1)) {
          const bookings = await planner.plan(quick ? 64 : clients === 1 ? 120 : 400);
          if (variant !== "api") {
            const requests = bookings.map((booking) =>
              variant === "floor" ? booking.requests.slice(-1) : booking.requests,
            );
            await tell(bare, { bookings: requests });
          }
          const server = variant === "api" ? api.process.pid : bare.pid;
          const before = { server: cpuSeconds(server), engine: cpuSeconds(engine.pid) };
          const result = await perform(variant, clients, bookings);
          const cpu = {
            server: cpuSeconds(server) - before.server,
            engine: cpuSeconds(engine.pid) - before.engine,
          };
          if (round >= 0) measured.push({ round, clients, variant, cpu, ...result });
        }
      }
      log(`round ${round + 1} of ${rounds}`);
    }
    const requests = await countRequests(api, planner);
    return report(measured, requests);

    async function perform(variant: Variant, clients: number, bookings: Planned[]): Promise<Run> {
      if (variant === "api") {
        return inParallel(clients, bookings.length, async (index) => {
          const booking = bookings[index];
          if (!booking) return;
          const { error } = await api.mutate("availability.book", booking.token, booking.input);
          if (error) throw new Error(`A booking failed: ${JSON.stringify(error)}`);
        });
      }
      if (variant === "bareHttp") {
        return inParallel(clients, bookings.length, (index) => client.post("/", String(index)));
      }
      return (await tell(bare, { clients })) as Run;
    }
  } finally {
    bare.kill();
    await api.stop();
    await engine.stop();
  }
}

async function tell(bare: ChildProcess, order: Order): Promise<unknown> {
  const answer = once(bare, "message");
  bare.send(order);
  return (await answer)[0];
}

/** Counts database requests by kind of call. */
async function countRequests(api: Api, planner: Planner): Promise<Record<string, number>> {
  const count = 20;
  const total = async () => Object.values(await api.requests()).reduce((sum, requests) => sum + requests, 0);
  const bookings = await planner.plan(count);
  const per = async (procedure: string, inputs: { token: string; input: object }[]) => {
    const before = await total();
    for (const { token, input } of inputs) await api.mutate(procedure, token, input);
    return ((await total()) - before) / inputs.length;
  };
  const others = bookings.map(({ input }, at) => ({ token: bookings[(at + 1) % count]?.token ?? "", input }));
  return {
    "one to one": await per("availability.book", bookings),
    "repeated by the same member": await per("availability.book", bookings),
    "refused as taken": await per("availability.book", others),
  };
}

function report(measured: Measured[], requests: Record<string, number>): Section {
  const rows: (string | number)[][] = [];
  const bars: Section["bars"] = [];
  const of = (variant: Variant, clients: number) =>
    measured.filter((each) => each.variant === variant && each.clients === clients);
  const throughput = ({ latencies, elapsed }: Run) => (latencies.length / elapsed) * 1_000;
  const latency = ({ latencies }: Run) => median(latencies);
  // Ratios within a round, because the machine's speed varies between rounds.
  const ratio = (figure: (run: Run) => number, variant: Variant, base: Variant, clients: number) => {
    const bases = of(base, clients);
    return median(of(variant, clients).map((each, at) => figure(each) / figure(bases[at] ?? each)));
  };
  for (const clients of levels) {
    for (const variant of variants) {
      const runs = of(variant, clients);
      const perBooking = (seconds: (run: Measured) => number) =>
        median(runs.map((each) => (seconds(each) / each.latencies.length) * 1_000)).toFixed(2);
      rows.push([
        titles[variant],
        clients,
        median(runs.map(throughput)).toFixed(0),
        median(runs.map(latency)).toFixed(2),
        median(runs.map(({ latencies }) => percentile(latencies, 0.99))).toFixed(2),
        perBooking(({ cpu }) => cpu.server),
        perBooking(({ cpu }) => cpu.engine),
        ratio(throughput, variant, "bare", clients).toFixed(2),
        ratio(latency, variant, "bare", clients).toFixed(2),
      ]);
    }
    if (clients === 1) continue;
    bars.push(
      {
        what: `throughput of the bare SDK's, ${clients} clients`,
        value: ratio(throughput, "api", "bare", clients),
        least: 0.85,
      },
      {
        what: `median latency of the bare SDK's, ${clients} clients`,
        value: ratio(latency, "api", "bare", clients),
        most: 1.2,
      },
    );
  }
  const once = requests["one to one"] ?? Number.NaN;
  bars.push({ what: "requests to the database for a booking", value: once, most: 2 });
  const markdown = [
    table(
      [
        "who books",
        "clients",
        "bookings/s",
        "median (ms)",
        "99 % (ms)",
        "processor of the server (ms)",
        "of the engine (ms)",
        "throughput, of bare",
        "latency, of bare",
      ],
      rows,
    ),
    `Requests to the database, counted as they leave: ${Object.entries(requests)
      .map(([what, count]) => `${what} ${count}`)
      .join(", ")}.`,
    "![Bookings a second](benchmarks/booking.svg)",
  ].join("\n\n");
  const plot = draw({
    title: "Bookings a second",
    kind: "bar",
    categories: [...levels],
    horizontal: "clients",
    vertical: "bookings/s",
    series: variants.map((variant) => ({
      name: titles[variant],
      values: levels.map((clients) => median(of(variant, clients).map(throughput))),
    })),
  });
  return {
    name: "booking",
    title: "Booking",
    markdown,
    bars,
    data: {
      requests,
      runs: measured.map(({ latencies, ...rest }) => ({
        ...rest,
        latencies: latencies.map((each) => Math.round(each * 100) / 100),
      })),
    },
    plots: { "booking.svg": plot },
  };
}

interface Planner {
  plan(count: number): Promise<Planned[]>;
}

/** Plans independent bookings, on availabilities that are in the database. */
async function createPlanner(engine: Engine, api: Api): Promise<Planner> {
  const now = new Date();
  const drafts = createDrafts(engine.database.names);
  const pairs: { owner: MemberContext; member: MemberContext; token: string }[] = [];
  for (let pair = 0; pair < 256; pair++) {
    const [owner, member] = [
      await draftMember(drafts, randomUUID(), now),
      await draftMember(drafts, randomUUID(), now),
    ];
    pairs.push({ owner, member, token: await api.token(member.actor.username) });
  }
  let planned = 0;
  return {
    async plan(count) {
      const bookings: Planned[] = [];
      const prepared: Stored[] = [];
      for (let at = 0; at < count; at++) {
        const pair = pairs[planned % pairs.length];
        if (!pair) throw new Error("No pairs");
        const days = 2 + Math.floor(planned++ / pairs.length);
        const start = new Date(Math.ceil(now.getTime() / day) * day + days * day + 10 * 3_600_000);
        const availability = await setAvailability(pair.owner, {
          startTime: start.toISOString(),
          endTime: new Date(start.getTime() + 3_600_000).toISOString(),
          types: ["sparring"],
          cohorts: ["White"],
          description: "Bring what you would like to work on.",
        });
        const input = {
          owner: availability.owner,
          id: availability.id,
          startTime: availability.startTime,
          type: "sparring",
        };
        prepared.push(...drafts.takeItems());
        drafts.takeRequests();
        // Metered as in the API, because metering adds a field to each request.
        await bookAvailability({ ...pair.member, database: metered(drafts.database).database }, input);
        bookings.push({ token: pair.token, input, requests: drafts.takeRequests() });
        // Discards the items: the measured run makes the booking.
        drafts.takeItems();
      }
      await load(engine, prepared);
      return bookings;
    },
  };
}

/** Returns the processor time of a process so far, in seconds; NaN if the system does not provide it. */
function cpuSeconds(pid: number | undefined): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\)/, "").trim().split(" ");
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return Number.NaN;
  }
}
