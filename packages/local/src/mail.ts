/** A mail as the mailbox shows it. `code` is the confirmation code in it, if any. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly code?: string;
  /** When it was sent, ISO-8601 in UTC. */
  readonly sentAt: string;
}
