/**
 * An account that waits for its confirmation code. It is kept in this page's memory only, so that people need not type
 * the password again. A reload forgets it, and the forms then ask.
 */
export type PendingSignUp = {
  email: string;
  password: string;
  /** Whether a code must be requested: someone came back to an unfinished sign-up. */
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
