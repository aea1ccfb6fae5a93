/**
 * How OpenNext packs the app for Lambda. Every page is rendered for the one who asks, so there is nothing to cache, and
 * the bucket access, queue, table and functions that a cache takes are left out.
 */
export default {
  default: {},
  // The default asks for a pnpm on the path, which `npx sst deploy` does not need.
  buildCommand: "npx next build",
  dangerous: { disableIncrementalCache: true, disableTagCache: true },
};
