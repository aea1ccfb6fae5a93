import type { StackOptions } from "./options.ts";

/** The ports that parts prefer where the stack has a web port to prefer. */
export const usualPorts = { cognito: 9229, hostedDomain: 9230, provider: 9231, dynamo: 8000, mailbox: 8025 };

/** What the parts need to start. */
export interface Start {
  readonly options: StackOptions;
  readonly signal: AbortSignal;
  /** Begins a part; others may wait for it. */
  part<T>(title: string, begin: () => Promise<T>): Promise<T>;
  /** Hands over what has started, to be stopped with the stack. */
  running<T extends { stop(): Promise<void> }>(started: T): T;
  /** Where a file is kept; undefined in memory. */
  kept(name: string): string | undefined;
  usualPort(name: keyof typeof usualPorts): number | undefined;
}
