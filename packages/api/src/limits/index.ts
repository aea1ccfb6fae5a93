export { networkOf } from "./address.ts";
export { type Caller, type CountingContext, countCall } from "./count-call.ts";
export { Limiter } from "./limiter.ts";
export { type CallKind, changeLimits, defaultLimits, type Limits, wideLimits } from "./limits.ts";
