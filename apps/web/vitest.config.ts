import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts"],
    // An unusual zone: code that depends on the machine's zone is off by 5 h 45 min.
    env: { TZ: "Asia/Kathmandu" },
  },
});
