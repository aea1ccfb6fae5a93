import { execFile } from "node:child_process";
import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { linearFit, median, rotated, table } from "./measure.ts";
import { draw } from "./plot.ts";
import type { BenchOptions, Section } from "./section.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const work = path.join(root, "dist/bench-types");
const execute = promisify(execFile);

/** Procedures per generated router; ours have one to six. */
const perRouter = 5;

/** What `tsc` reports about one run. */
interface Check {
  instantiations: number;
  types: number;
  /** In megabytes. */
  memory: number;
  /** In seconds. */
  checkTime: number;
  totalTime: number;
}

/**
 * Measures how type checking grows with the API: `tsc` over the web app with more and more additional procedures, each
 * of them used.
 */
export async function run({ quick, log }: BenchOptions): Promise<Section> {
  const sizes = quick ? [10, 50] : [10, 50, 100, 150];
  const rounds = quick ? 1 : 5;
  try {
    // The pages need the types of Next's routes.
    await execute(path.join(root, "apps/web/node_modules/.bin/next"), ["typegen"], {
      cwd: path.join(root, "apps/web"),
    });
    for (const size of sizes) generate(size);
    const checks = new Map<number, Check[]>(sizes.map((size) => [size, []]));
    for (let round = 0; round < rounds; round++) {
      for (const size of rotated(sizes, round)) checks.get(size)?.push(await check(size));
      log(`round ${round + 1} of ${rounds}`);
    }
    return report(checks);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function folder(size: number): string {
  return path.join(work, String(size));
}

/** Copies the web app and the API, and adds `size` procedures to the API and a use of each to the web app. */
function generate(size: number): void {
  const copy = (name: string) => {
    const [from, to] = [path.join(root, name), path.join(folder(size), name)];
    mkdirSync(to, { recursive: true });
    cpSync(from, to, {
      recursive: true,
      filter: (file) => !/\/(node_modules|cache|static|server|e2e|\.turbo)$/.test(file),
    });
    symlinkSync(path.join(from, "node_modules"), path.join(to, "node_modules"));
  };
  rmSync(folder(size), { recursive: true, force: true });
  copy("packages/api");
  copy("apps/web");
  cpSync(path.join(root, "tsconfig.base.json"), path.join(folder(size), "tsconfig.base.json"));
  symlinkSync(path.join(root, "packages/core"), path.join(folder(size), "packages/core"));

  const routers = Array.from({ length: size / perRouter }, (_, at) => at);
  const api = path.join(folder(size), "packages/api/src");
  const web = path.join(folder(size), "apps/web");
  for (const at of routers) {
    writeFileSync(path.join(api, `routers/generated-${at}.ts`), routerText(at));
    writeFileSync(path.join(web, `src/generated-${at}.tsx`), usesText(at));
  }
  writeFileSync(
    path.join(api, "router.ts"),
    `import { lazy } from "@trpc/server";
import { router } from "./trpc.ts";
export const appRouter = router({
${["availability", "calendar", "community", "meeting", "user"].map((name) => `  ${name}: lazy(() => import("./routers/${name}.ts")),`).join("\n")}
${routers.map((at) => `  generated${at}: lazy(() => import("./routers/generated-${at}.ts")),`).join("\n")}
});
`,
  );
  // Uses the copied API, not the one that the workspace links.
  writeFileSync(
    path.join(web, "tsconfig.bench.json"),
    JSON.stringify({
      extends: "./tsconfig.json",
      compilerOptions: { incremental: false, paths: { "@kumite/api": ["../../packages/api/src/index.ts"] } },
    }),
  );
}

/** A router like ours: queries and mutations for members, each with its own input and output. */
function routerText(router: number): string {
  const procedures = Array.from({ length: perRouter }, (_, at) => {
    const kind = at % 2 === 0 ? "query" : "mutation";
    const thing = `{ id: z.string(), field${router}of${at}: z.string(), startTime: z.string(), kinds: z.array(z.enum(["a", "b", "c${router}x${at}"])), note: z.optional(z.string()), seats: z.array(z.object({ username: z.string(), cohort: z.nullable(z.string()) })) }`;
    return `  procedure${at}: memberProcedure
    .input(z.strictObject({ id: z.string(), limit: z.optional(z.number()), choice${router}of${at}: z.optional(z.string()) }))
    .output(z.object({ items: z.array(z.object(${thing})), cursor: z.optional(z.string()) }))
    .${kind}(({ input }) => ({ items: [], cursor: input.id })),`;
  });
  return `import * as z from "zod/mini";
import { memberProcedure, router } from "../trpc.ts";
export const generated${router}Router = router({
${procedures.join("\n")}
});
`;
}

/** A component that uses each procedure of a router, as the web app does. */
function usesText(router: number): string {
  const uses = Array.from({ length: perRouter }, (_, at) => {
    const procedure = `trpc.generated${router}.procedure${at}`;
    const item = `items[0]?.field${router}of${at}`;
    return at % 2 === 0
      ? `  const use${at} = useQuery(${procedure}.queryOptions({ id: "${at}", choice${router}of${at}: "x" }));
  shown.push(use${at}.data?.${item});`
      : `  const use${at} = useMutation(${procedure}.mutationOptions({ onSuccess: ({ items }) => shown.push(${item}) }));
  use${at}.mutate({ id: "${at}" });`;
  });
  return `import { useMutation, useQuery } from "@tanstack/react-query";
import { useTRPC } from "#trpc/client.tsx";
export function Generated${router}() {
  const trpc = useTRPC();
  const shown: (string | undefined)[] = [];
${uses.join("\n")}
  return <p>{shown.join()}</p>;
}
`;
}

/** Runs one check in a separate process, with one thread: several threads would each instantiate shared types. */
async function check(size: number): Promise<Check> {
  const args = ["-p", "tsconfig.bench.json", "--noEmit", "--extendedDiagnostics", "--singleThreaded"];
  const cwd = path.join(folder(size), "apps/web");
  const { stdout } = await execute(path.join(cwd, "node_modules/.bin/tsc"), args, { cwd }).catch(
    (error: { stdout?: string }) => {
      throw new Error(`The generated procedures do not type-check:\n${error.stdout?.slice(0, 2_000)}`);
    },
  );
  const figure = (name: string) => Number(new RegExp(`^${name}:\\s+([\\d.]+)`, "m").exec(stdout)?.[1]);
  return {
    instantiations: figure("Instantiations"),
    types: figure("Types"),
    memory: figure("Memory used") / 1_024,
    checkTime: figure("Check time"),
    totalTime: figure("Total time"),
  };
}

function report(checks: ReadonlyMap<number, readonly Check[]>): Section {
  const sizes = [...checks.keys()];
  const of = (figure: (check: Check) => number) =>
    sizes.map((size) => median((checks.get(size) ?? []).map(figure)));
  const figures = {
    instantiations: of((each) => each.instantiations),
    types: of((each) => each.types),
    memory: of((each) => each.memory),
    checkTime: of((each) => each.checkTime),
    totalTime: of((each) => each.totalTime),
  };
  const fits = {
    instantiations: linearFit(sizes, figures.instantiations),
    time: linearFit(sizes, figures.checkTime),
  };
  const at = (list: readonly number[], index: number) => list[index] ?? Number.NaN;
  // The cost of a further procedure among many, relative to its cost among few.
  const slope = (list: readonly number[], from: number, to: number) =>
    (at(list, to) - at(list, from)) / (at(sizes, to) - at(sizes, from));
  const last = sizes.length - 1;
  const growth = (list: readonly number[]) => at(list, last) / at(list, 0);
  const steadiness = slope(figures.instantiations, last - 1, last) / slope(figures.instantiations, 0, 1);
  return {
    name: "types",
    title: "Types",
    markdown: [
      table(
        ["further procedures", "instantiations", "types", "memory (MB)", "check (s)", "tsc in all (s)"],
        sizes.map((size, index) => [
          size,
          at(figures.instantiations, index).toLocaleString("en"),
          at(figures.types, index).toLocaleString("en"),
          at(figures.memory, index).toFixed(0),
          at(figures.checkTime, index).toFixed(2),
          at(figures.totalTime, index).toFixed(2),
        ]),
      ),
      `A procedure costs ${fits.instantiations.slope.toFixed(0)} instantiations and ${(fits.time.slope * 1_000).toFixed(1)} ms of checking; straight lines fit with R² ${fits.instantiations.r2.toFixed(4)} and ${fits.time.r2.toFixed(4)}.`,
      "![Instantiations](benchmarks/types.svg)",
    ].join("\n\n"),
    bars: [
      { what: "R² of instantiations as a straight line", value: fits.instantiations.r2, least: 0.99 },
      {
        what: "instantiations of a further procedure at the most, of those at the fewest",
        value: sizes.length > 2 ? steadiness : 1,
        most: 1.1,
      },
      {
        // A straight line through so few and similar times would only measure the machine's noise.
        what: "growth of the checking time from the fewest to the most, of that of the instantiations",
        value: growth(figures.checkTime) / growth(figures.instantiations),
        most: 1.1,
      },
    ],
    data: Object.fromEntries(checks),
    plots: {
      "types.svg": draw({
        title: "Instantiations of `tsc` over the web app",
        kind: "line",
        categories: sizes,
        proportional: true,
        horizontal: "further procedures",
        vertical: "instantiations",
        series: [{ name: "instantiations", values: figures.instantiations }],
      }),
    },
  };
}
