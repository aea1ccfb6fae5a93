import type { SignIns } from "@kumite/core/accounts";
import type { MemberActor } from "@kumite/core/context";
import type { Budget } from "@kumite/core/database/budget";
import type { CallKind, CountingContext } from "./limits/index.ts";

/** The result of one call of a procedure, for the log. */
export interface CallRecord {
  procedure: string;
  type: string;
  /** `OK`, or tRPC's error code. */
  outcome: string;
  /** The reason of a refusal. */
  reason?: string | undefined;
  durationMs: number;
  requestId: string;
  /** A pseudonym of the caller, the same for all calls of one member; undefined for an anonymous caller. */
  caller?: string | undefined;
  /** Answered database requests. */
  requests: number;
  /** Capacity units that these requests consumed, reads and writes together. */
  units: number;
  /** Only for a defect. */
  error?: unknown;
  /** Why the shared counter of calls failed. The call continued without it. */
  uncounted?: unknown;
}

/** Options of a procedure that the middleware reads. */
export interface ProcedureMeta {
  /** The limit that the procedure's calls count against. Default: `read` for a query, `change` for a mutation. */
  readonly countsAs?: CallKind;
  /** Its verb always reads the caller's record, and throws if the account is deleted. */
  readonly checksAccount?: true;
}

/** What every procedure may use. Created once for each HTTP request. */
export interface ApiContext extends CountingContext {
  readonly requestId: string;
  /** What all calls of this request together may use of the database. */
  readonly budget: Budget;
  readonly cursorKey: string;
  /** The caller's network: the viewer's IPv4 address, or the /64 prefix of their IPv6 address. */
  readonly address: string;
  /** Verifies the token at the first call and returns the caller; undefined for an anonymous caller. */
  readonly authenticate: () => Promise<MemberActor | undefined>;
  /** The user pool, for changes of a member's account. */
  readonly signIns: SignIns;
  readonly record: (call: CallRecord) => void;
}
