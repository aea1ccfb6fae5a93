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
  // Under `sst dev` no router stands in front of this server: it passes the API's paths on by itself.
  rewrites: async () => {
    const api = process.env.NODE_ENV === "development" && process.env["API_URL"];
    return api ? [{ source: "/api/:path*", destination: `${new URL(api).origin}/api/:path*` }] : [];
  },
  // Where availabilities were before: addresses that people have kept lead to them.
  redirects: async () => [
    { source: "/windows/:path*", destination: "/availabilities/:path*", permanent: true },
  ],
  // The content security policy is made for each page: src/proxy.ts.
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
