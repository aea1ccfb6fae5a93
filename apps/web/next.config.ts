import type { NextConfig } from "next";

const everywhere = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), geolocation=(), microphone=(), payment=(), usb=()" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
];

const config: NextConfig = {
  poweredByHeader: false,
  devIndicators: false,
  agentRules: false,
  allowedDevOrigins: ["127.0.0.1"],
  transpilePackages: ["@kumite/api", "@kumite/core"],
  // Under `sst dev` there is no router in front of this server, so it forwards the API's paths itself.
  rewrites: async () => {
    const api = process.env.NODE_ENV === "development" && process.env["API_URL"];
    return api ? [{ source: "/api/:path*", destination: `${new URL(api).origin}/api/:path*` }] : [];
  },
  // The former paths of availabilities: old links still work.
  redirects: async () => [
    { source: "/windows/:path*", destination: "/availabilities/:path*", permanent: true },
  ],
  // src/proxy.ts makes a content security policy for each page.
  headers: async () => [
    { source: "/:path*", headers: everywhere },
    {
      source: "/:path*",
      has: [{ type: "header", key: "x-forwarded-proto", value: "https" }],
      headers: [{ key: "Strict-Transport-Security", value: "max-age=63072000" }],
    },
  ],
};

export default config;
