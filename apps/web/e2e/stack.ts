import { startStack } from "@kumite/local";

/** Starts one embedded stack with the built web app for all browser tests, in memory and on free ports. */
export default async function setup(): Promise<() => Promise<void>> {
  const stack = await startStack({ web: "start", demo: false });
  process.env["KUMITE_OUTPUTS"] = JSON.stringify(stack.outputs);
  process.env["KUMITE_SIGNING_KEY"] = JSON.stringify(stack.signingKey);
  return stack.stop;
}
