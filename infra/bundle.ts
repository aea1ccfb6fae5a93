/**
 * How each function is bundled, by SST (infra/functions.ts) and by `build:functions` alike. Plain data.
 *
 * `define` gives tRPC light classes instead of Node's own, which load the whole of its fetch:
 * packages/functions/src/fetch-classes.ts. (SST's types offer esbuild's `inject` for this, but SST 4.17 ignores it.)
 */
export const bundle = {
  format: "esm",
  minify: true,
  splitting: true,
  esbuild: {
    define: { Headers: "LightHeaders", Response: "LightResponse" },
    keepNames: false,
  },
} as const;

/** What packs the web app for Lambda. SST's default fetches sharp from beyond the npm registry. */
export const openNextVersion = "4.1.12";
