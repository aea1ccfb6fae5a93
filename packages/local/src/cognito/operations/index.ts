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
 * Adds to cognito-local what it lacks: resending a code, GetTokensFromRefreshToken, signing out, linking identities,
 * and verifying a new e-mail address before it takes effect. Replaces what differs from Cognito: codes expire,
 * passwords follow the policy, wrong ones lock out, tokens are verified, and an unknown user gets the same answer as a
 * wrong password, as with `PreventUserExistenceErrors`.
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
    // Administrators' operations take usernames unchanged, such as `Google_…`.
    if (own && operation.startsWith("Admin"))
      return await own({ ...caseless, Username: request.Username ?? "" });
    return await (own ? own(caseless) : base(operation, caseless));
  };
}
