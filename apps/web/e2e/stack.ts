import { startStack } from "@kumite/local";

/** Tokens live this long, so that a test sees one renewed without waiting for an hour. */
const accessTokenSeconds = 20;

/** One embedded stack with the built web app for all browser tests, in memory and on free ports. */
export default async function setup(): Promise<() => Promise<void>> {
  const stack = await startStack({ web: "start", demo: false, accessTokenSeconds });
  process.env["KUMITE_OUTPUTS"] = JSON.stringify(stack.outputs);
  return stack.stop;
}
