import type { StackOptions } from "./options.ts";

/** The ports that parts prefer if the stack has a preferred web port. */
export const usualPorts = { cognito: 9229, hostedDomain: 9230, provider: 9231, dynamo: 8000, mailbox: 8025 };

/** What the parts need to start. */
export interface Start {
  readonly options: StackOptions;
  readonly signal: AbortSignal;
  /** Starts a part; others may wait for it. */
  part<T>(title: string, begin: () => Promise<T>): Promise<T>;
  /** Registers what has started, so that it stops with the stack. */
  running<T extends { stop(): Promise<void> }>(started: T): T;
  /** Returns the path of a data file; undefined if data is in memory. */
  kept(name: string): string | undefined;
  usualPort(name: keyof typeof usualPorts): number | undefined;
}
