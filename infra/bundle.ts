/**
 * How SST (infra/functions.ts) and `build:functions` bundle each function. Plain data.
 *
 * `define` replaces Node's `Headers` and `Response`, which load all of its fetch, by light classes
 * (packages/functions/src/fetch-classes.ts). SST's types offer esbuild's `inject` for this, but SST 4.17 ignores it.
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

/**
 * The OpenNext version that packs the web app for Lambda. SST's default version downloads sharp from outside the npm
 * registry.
 */
export const openNextVersion = "4.1.12";
