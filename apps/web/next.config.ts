import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  devIndicators: false,
  agentRules: false,
  allowedDevOrigins: ["127.0.0.1"],
  transpilePackages: ["@kumite/core"],
  // Under `sst dev` no router stands in front of this server: it passes the API's paths on by itself.
  rewrites: async () => {
    const api = process.env.NODE_ENV === "development" && process.env["API_URL"];
    return api ? [{ source: "/api/trpc/:path*", destination: `${api}/:path*` }] : [];
  },
  headers: async () => [
    {
      source: "/:path*",
      headers: [
        { key: "X-Content-Type-Options", value: "nosniff" },
        { key: "Referrer-Policy", value: "same-origin" },
        {
          key: "Content-Security-Policy",
          value: "frame-ancestors 'none'; base-uri 'self'; object-src 'none'",
        },
      ],
    },
  ],
};

export default config;
