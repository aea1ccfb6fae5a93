import { CognitoError } from "cognito-local/lib/errors.js";
import { accountOperations } from "./accounts.ts";
import { attributeOperations } from "./attributes.ts";
import type { Operations, Parts } from "./parts.ts";
import { inLowerCase, type Perform } from "./request.ts";
import { sessionOperations } from "./sessions.ts";
import { signUpOperations } from "./sign-up.ts";
import { usersOf } from "./users.ts";

export type { CognitoRequest, Perform } from "./request.ts";

/**
 * Lays over cognito-local what it lacks (resending a code, GetTokensFromRefreshToken, signing out, linking identities, a new
 * e-mail address that counts once it is verified) and what it answers otherwise than Cognito does (codes expire, passwords
 * follow the policy, wrong ones lock out, tokens are verified, a person who is unknown is treated like one who gave the wrong
 * password, as with `PreventUserExistenceErrors`).
 */
export function cognitoOperations(parts: Parts): Perform {
  const {
    directory: { client },
    base,
  } = parts;
  const users = usersOf(parts);
  const operations: Operations = {
    ...signUpOperations(parts, users),
    ...sessionOperations(parts, users),
    ...attributeOperations(parts, users),
    ...accountOperations(parts, users),
  };

  return async (operation, request) => {
    if (request.ClientId !== undefined && request.ClientId !== client.ClientId) {
      const words = `User pool client ${request.ClientId} does not exist.`;
      throw new CognitoError("ResourceNotFoundException", words);
    }
    if (request.AccessToken !== undefined) await users.authenticate(request.AccessToken);
    const own = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
    const caseless = inLowerCase(request);
    // Administrators name users as they are: `Google_…` among them.
    if (own && operation.startsWith("Admin"))
      return await own({ ...caseless, Username: request.Username ?? "" });
    return await (own ? own(caseless) : base(operation, caseless));
  };
}
