/** What core needs from the user pool that keeps the members' sign-ins. */
export interface SignIns {
  /** Removes a member's sign-in; does nothing if there is none. */
  remove(username: string): Promise<void>;
  /** A member's sign-in; undefined if there is none. */
  find(username: string): Promise<SignIn | undefined>;
}

export interface SignIn {
  /** The e-mail address, if its owner has verified it. */
  verifiedEmail: string | undefined;
}
