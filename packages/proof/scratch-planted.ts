import { newMembers } from "./src/members.ts";
import { plantedFaults } from "./src/planted/faults.ts";
import { runPlanted } from "./src/planted/run.ts";
import { startWire } from "./src/planted/wire.ts";
import { startProofStack } from "./src/stack.ts";

const wire = await startWire();
const stack = await startProofStack(wire);
const members = await newMembers(stack.outputs, 10, 2);
for (const fault of plantedFaults()) {
  if (process.argv[2] && !fault.name.match(process.argv[2])) continue;
  const run = await runPlanted(fault, wire, stack.outputs, {
    members,
    seed: 1,
    most: Number(process.argv[3] ?? 3000),
  });
  console.log(JSON.stringify(run));
}
process.exit(0);
