import type { SignIns } from "@kumite/core/accounts";
import type { MemberActor } from "@kumite/core/context";
import type { Budget } from "@kumite/core/database/budget";
import type { CallKind, CountingContext } from "./limits/index.ts";

/** What one call of a procedure came to, for the log. */
export interface CallRecord {
  procedure: string;
  type: string;
  /** `OK`, or tRPC's error code. */
  outcome: string;
  /** Why an expected request was refused. */
  reason?: string | undefined;
  durationMs: number;
  requestId: string;
  /** Stands for the caller without naming them: the same for all calls of one member; undefined for an anonymous one. */
  caller?: string | undefined;
  /** Database requests that were answered. */
  requests: number;
  /** Capacity units that they consumed, reads and writes together. */
  units: number;
  /** Only for a defect. */
  error?: unknown;
  /** Why the counter of calls could not be asked; the call went on without. */
  uncounted?: unknown;
}

/** What a procedure says of itself to those that run it. */
export interface ProcedureMeta {
  /** As what the procedure's calls count; `read` or `change` by its type where left out. */
  readonly countsAs?: CallKind;
  /** Its verb reads the caller's record in any case, and throws where the account is deleted. */
  readonly checksAccount?: true;
}

/** What every procedure may use; made once for each HTTP request. */
export interface ApiContext extends CountingContext {
  readonly requestId: string;
  /** What the calls of this request may make the database do, together. */
  readonly budget: Budget;
  readonly cursorKey: string;
  /** Where the call comes from: the viewer's IPv4 address, or the /64 of their IPv6 address. */
  readonly address: string;
  /** The caller as their verified token has them; undefined for an anonymous one. Verified when first asked for. */
  readonly authenticate: () => Promise<MemberActor | undefined>;
  /** The user pool, for what a member does to their account. */
  readonly signIns: SignIns;
  readonly record: (call: CallRecord) => void;
}
