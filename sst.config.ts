/// <reference path="./.sst/platform/config.d.ts" />

// SST evaluates this file alone first, so imports are inside the functions.
export default $config({
  async app({ stage }) {
    const { isProduction } = await import("./infra/stage.ts");
    return {
      name: "kumite",
      home: "aws",
      removal: isProduction(stage) ? "retain" : "remove",
      protect: isProduction(stage),
      providers: { random: "4.19.1" },
      // The types of links are written by hand, also for the embedded stack: packages/core/sst-env.d.ts.
      types: { ignore: ["apps", "packages"] },
    };
  },
  async run() {
    const { outputs } = await import("./infra/index.ts");
    return outputs;
  },
});
