import { CognitoError, InvalidPasswordError, NotAuthorizedError } from "cognito-local/lib/errors.js";
import { passwordComplaint } from "../password-policy.ts";
import { notAuthorized } from "./refusals.ts";

/** Rejects a password that does not follow the policy. */
export function checkPassword(password = ""): void {
  const complaint = passwordComplaint(password);
  if (complaint !== undefined) {
    const words = `Password did not conform with policy: ${complaint}`;
    throw new CognitoError("InvalidPasswordException", words);
  }
}

/** cognito-local tells a wrong password from an unknown name, Cognito does not. */
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
