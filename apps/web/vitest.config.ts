import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts"],
    // An odd zone: whatever leaks the machine's own zone shows by 5 h 45 min.
    env: { TZ: "Asia/Kathmandu" },
  },
});
