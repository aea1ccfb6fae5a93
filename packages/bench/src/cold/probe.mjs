// One sample in a separate process: imports the function at argv[2], sends it the event argv[3] twice and writes the
// times. Imports no module itself, so that none is loaded beforehand.
const [file, event] = [process.argv[2], JSON.parse(process.argv[3])];
const cpuStart = process.cpuUsage();
const start = performance.now();
const { handler } = await import(file);
const imported = performance.now();
const answer = await handler(event, { awsRequestId: "cold" });
const first = performance.now();
const { user, system } = process.cpuUsage(cpuStart);
await handler(event, { awsRequestId: "cold" });
const second = performance.now();
const sample = {
  import: imported - start,
  first: first - imported,
  cold: first - start,
  cpu: (user + system) / 1000,
  second: second - first,
  memory: peakMemory() / 1024,
};
process.stderr.write(`\n${JSON.stringify({ sample, answer })}`, () => process.exit(0));

/**
 * The peak of this process, in KiB. On Linux by /proc: maxRSS includes what the parent used when it started this process.
 */
function peakMemory() {
  if (process.platform !== "linux") return process.resourceUsage().maxRSS;
  const status = process.getBuiltinModule("node:fs").readFileSync("/proc/self/status", "utf8");
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)[1]);
}
