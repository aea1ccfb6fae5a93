import type { Limits } from "@kumite/api/limits";

export interface StackOptions {
  /** The directory of all data; in memory if left out. */
  readonly dataDir?: string | undefined;
  /** Whether and how to run the web app. Without it, the web address serves only the API. */
  readonly web: "dev" | "start" | false;
  /** The web port to prefer; the other parts then prefer their usual ports. Any free ports if left out. */
  readonly port?: number | undefined;
  /** Offer sign-in by Google, with stand-ins for Google and for Cognito's hosted domain. */
  readonly google?: boolean | undefined;
  /** Load the demo data, unless the data directory already has it. */
  readonly demo: boolean;
  /** How long access tokens live; an hour if left out. */
  readonly accessTokenSeconds?: number | undefined;
  readonly functions?: {
    /** How many processes run the functions; one if left out. */
    readonly instances?: number;
    /** Environment variables that are added to the stack's own, or replace them. */
    readonly env?: Readonly<Record<string, string>>;
  };
  /** How many calls the API accepts per minute; if left out, far more than scripted clients make. */
  readonly limits?: Limits | undefined;
  /** How many sign-ins, sign-ups and codes one address may request from Cognito per minute; unlimited if left out. */
  readonly signInsPerMinute?: number | undefined;
  /** Aborts the start, which then rejects once nothing is left running. */
  readonly signal?: AbortSignal | undefined;
  /** Called with DynamoDB's address before the functions start, since they may use it at once. */
  readonly onDatabase?: ((endpoint: string) => void) | undefined;
  /** Called with the parts when they begin to start. */
  readonly onParts?: ((parts: readonly Part[]) => void) | undefined;
  /** Called with the processes' output. */
  readonly onOutput?: ((process: "dynamo" | "functions" | "web", text: string) => void) | undefined;
}

/** A part of the stack, to show the progress of its start. */
export interface Part {
  readonly title: string;
  readonly ready: Promise<unknown>;
}
