import { runChecks } from "./src/check/index.ts";
import { writeHistory } from "./src/history.ts";
import { newMembers } from "./src/members.ts";
import { describeFindings, describeHistory } from "./src/report.ts";
import { startProofStack } from "./src/stack.ts";
import { readTables } from "./src/tables.ts";
import { runWorkload } from "./src/workload.ts";

const seed = Number(process.argv[2]),
  operations = Number(process.argv[3]);
const stack = await startProofStack();
const members = await newMembers(stack.outputs, 40);
const history = await runWorkload({
  api: stack.outputs.api,
  members,
  seed,
  operations,
  concurrency: 24, settled: stack.settled,
  onProgress: (n) => n % 1000 === 0 && console.log(n),
});
const tables = await readTables(stack.outputs, history);
await stack.stop();
await writeHistory(`/tmp/proof-ops-${seed}.jsonl`, history);
console.log(describeHistory(history));
const t = performance.now();
console.log(describeFindings(runChecks(history, tables)));
console.log("checked in", performance.now() - t);
let half = 0;
for (const c of history.calls)
  for (const a of c.attempts)
    if (c.procedure === "availability.get" && a.outcome.kind === "ok") {
      const d = a.outcome.data as any;
      if (d.status === "CANCELED" && d.participants.length > 0) half++;
    }
console.log("half-withdrawn looks", half);
process.exit(0);
