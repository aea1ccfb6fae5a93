import { CognitoError, InvalidPasswordError, NotAuthorizedError } from "cognito-local/lib/errors.js";
import { passwordComplaint } from "../password-policy.ts";
import { notAuthorized } from "./refusals.ts";

/** Throws InvalidPasswordException if a password does not follow the policy. */
export function checkPassword(password = ""): void {
  const complaint = passwordComplaint(password);
  if (complaint !== undefined) {
    const words = `Password did not conform with policy: ${complaint}`;
    throw new CognitoError("InvalidPasswordException", words);
  }
}

/** Gives a wrong password and an unknown user the same error, as Cognito does and cognito-local does not. */
export async function inOneWord<T>(signIn: Promise<T>): Promise<T> {
  try {
    return await signIn;
  } catch (error) {
    if (error instanceof InvalidPasswordError || error instanceof NotAuthorizedError) {
      throw notAuthorized("Incorrect username or password.");
    }
    throw error;
  }
}
