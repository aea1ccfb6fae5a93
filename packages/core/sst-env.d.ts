// The links of the deployed app (infra/) as SST's `Resource` types them; the embedded stack provides the same ones,
// but for OriginKey, which only CloudFront and its API Gateway know.
import "sst";

declare module "sst" {
  export interface Resource {
    Users: { name: string };
    Availabilities: { name: string };
    Openings: { name: string };
    Meetings: { name: string };
    Calendar: { name: string };
    Community: { name: string };
    Counters: { name: string };
    Migrations: { name: string };
    /** `jwks`: the pool's keys as they were at the deployment, as JSON. */
    Auth: { userPoolId: string; clientId: string; issuer: string; jwksUri: string; jwks?: string };
    CursorKey: { value: string };
    OriginKey: { value: string };
    /** As JSON: `Limits` of packages/api/src/limits. */
    Limits: { json: string };
    /** What the web app's server proves itself with when it names whom it asks for. */
    PrefetchKey: { value: string };
  }
}
