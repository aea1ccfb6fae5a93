/**
 * How OpenNext packs the app for Lambda. Every page is rendered for one visitor, so there is nothing to cache: the
 * bucket access, queue, table and functions of a cache are left out.
 */
export default {
  default: {},
  // The default needs pnpm on the path; `npx sst deploy` does not.
  buildCommand: "npx next build",
  dangerous: { disableIncrementalCache: true, disableTagCache: true },
};
