/** The sign-ins of members, which a user pool keeps: what core asks of it. */
export interface SignIns {
  /** Removes a member's sign-in; does nothing where there is none. */
  remove(username: string): Promise<void>;
  /** A member's sign-in; undefined where there is none. */
  find(username: string): Promise<SignIn | undefined>;
}

export interface SignIn {
  /** The e-mail address, provided that its owner has verified it. */
  verifiedEmail: string | undefined;
}
