/**
 * Random calls by a few members, one at a time, compared with the model: the outcomes and reasons must be the same, and
 * so must everything that each member sees. `KUMITE_MODEL_RUNS` sets the number of runs, `KUMITE_MODEL_SEED` another
 * seed.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { type RefusalReason, refusalReasons } from "../../src/errors.ts";
import { day, minute } from "../../src/instant.ts";
import { checkInvariants } from "../../src/testing/index.ts";
import { deletes, edits, posts, withdrawals } from "./availabilities.ts";
import { came, command } from "./command.ts";
import { look, looks } from "./looks.ts";
import { books, cancels, churns } from "./meetings.ts";
import { setup } from "./real.ts";

const runs = Number(process.env["KUMITE_MODEL_RUNS"] ?? 12);
const seed = Number(process.env["KUMITE_MODEL_SEED"] ?? 20_261_122);

const repeats = fc
  .constant({})
  .map((given) => command("again", given, async (model, real) => real.last?.run(model, real), false));

const waits = fc.integer({ min: 1, max: 4 }).map((quarters) =>
  command(
    "wait",
    { quarters },
    async (model) => {
      model.clock += 15 * quarters;
    },
    false,
  ),
);

const commands = fc.commands(
  [
    posts,
    posts,
    posts,
    edits,
    deletes,
    withdrawals,
    churns,
    books,
    books,
    books,
    books,
    books,
    books,
    cancels,
    cancels,
    repeats,
    waits,
    looks,
  ],
  { maxCommands: 160, size: "max" },
);

// Concurrent, because they mostly wait for the database.
test.concurrent.each([0, 1, 2, 3])(
  "the system behaves like the model (%i)",
  async (stream) => {
    await fc.assert(
      fc.asyncProperty(commands, async (commands) => {
        let end: (() => Promise<void>) | undefined;
        const begin = async () => {
          const { model, real } = await setup();
          end = async () => {
            const span = { from: model.clock - day / minute, to: model.clock + day / minute };
            await Promise.all(real.members.map((_, index) => look(model, real, index, span)));
            await checkInvariants(real.members.map(({ context }) => context));
          };
          return { model, real };
        };
        await fc.asyncModelRun(begin, commands);
        await end?.();
      }),
      { seed: seed + stream, numRuns: Math.ceil(runs / 4) },
    );
  },
  60_000 + runs * 20_000,
);

test("every verb succeeded at least once, and every reason occurred", () => {
  const done = ["post", "edit", "delete", "withdraw", "book", "cancel"].map((name) => `${name} OK`);
  // Limits of hundreds are beyond a run, and no command edits the community.
  const others: readonly RefusalReason[] = ["CHANGED_MEANWHILE", "NOT_ADMIN"];
  const reasons = refusalReasons.filter(
    (reason) => !reason.startsWith("TOO_MANY_") && !others.includes(reason),
  );
  expect([...came].sort()).toEqual([...done, ...reasons, "BAD_REQUEST"].sort());
});
