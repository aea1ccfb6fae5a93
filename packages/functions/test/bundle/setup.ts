import buildFunctions from "../../../../scripts/build-functions.ts";

/** Bundles the functions once for all tests. */
export default async function setup(): Promise<void> {
  await buildFunctions();
}
