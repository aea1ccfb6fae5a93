import type { Limits } from "@kumite/api/limits";

export interface StackOptions {
  /** Where everything is kept; without it, in memory. */
  readonly dataDir?: string | undefined;
  /** Whether and how to run the web app. Without it the web address serves the API alone. */
  readonly web: "dev" | "start" | false;
  /** The web port to prefer, the other parts then prefer their usual ones. Without it, any free ports. */
  readonly port?: number | undefined;
  /** Offer sign-in by Google, played by a stand-in behind a stand-in of Cognito's hosted domain. */
  readonly google?: boolean | undefined;
  /** Load the demo data, unless the data directory has them. */
  readonly demo: boolean;
  /** How long access tokens live; an hour if left out. */
  readonly accessTokenSeconds?: number | undefined;
  readonly functions?: {
    /** How many processes run the functions; one if left out. */
    readonly instances?: number;
    /** What their environment has beside, or instead of, the stack's own. */
    readonly env?: Readonly<Record<string, string>>;
  };
  /** What the API lets through in a minute; far more than scripted clients ask for where left out. */
  readonly limits?: Limits | undefined;
  /** How many sign-ins, sign-ups and codes Cognito takes from one address in a minute; any number where left out. */
  readonly signInsPerMinute?: number | undefined;
  /** Ends the start when aborted: it rejects once nothing is left running. */
  readonly signal?: AbortSignal | undefined;
  /** Told where DynamoDB is before the functions start: they may ask it as soon as they do. */
  readonly onDatabase?: ((endpoint: string) => void) | undefined;
  /** Told of the parts as they begin to start. */
  readonly onParts?: ((parts: readonly Part[]) => void) | undefined;
  /** Told what the processes write. */
  readonly onOutput?: ((process: "dynamo" | "functions" | "web", text: string) => void) | undefined;
}

/** A part of the stack for those who watch it start. */
export interface Part {
  readonly title: string;
  readonly ready: Promise<unknown>;
}
