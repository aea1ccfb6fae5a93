/**
 * An account that waits for its confirmation code. It lives in this page's memory alone, so that one need not type
 * the password again; a reload forgets it, and the forms then ask.
 */
export type PendingSignUp = {
  email: string;
  password: string;
  /** Whether the code must still be asked for: somebody came back to an unfinished sign-up. */
  needsCode: boolean;
};

let pending: PendingSignUp | undefined;

export function rememberSignUp(signUp: PendingSignUp): void {
  pending = signUp;
}

export function recallSignUp(): PendingSignUp | undefined {
  return pending;
}

export function forgetSignUp(): void {
  pending = undefined;
}
