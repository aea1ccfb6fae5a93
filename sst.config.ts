/// <reference path="./.sst/platform/config.d.ts" />

// SST evaluates this file on its own first: whatever it needs is imported inside the functions.
export default $config({
  async app({ stage }) {
    const { isProduction } = await import("./infra/stage.ts");
    return {
      name: "kumite",
      home: "aws",
      removal: isProduction(stage) ? "retain" : "remove",
      protect: isProduction(stage),
      providers: { random: "4.19.1" },
      // The links are typed by hand, for the embedded stack as well: packages/core/sst-env.d.ts.
      types: { ignore: ["apps", "packages"] },
    };
  },
  async run() {
    const { outputs } = await import("./infra/index.ts");
    return outputs;
  },
});
